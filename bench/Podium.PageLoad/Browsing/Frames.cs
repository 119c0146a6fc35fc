using System.Text.Json.Serialization;

namespace Podium.PageLoad.Browsing;

/// <summary>How long frames took, and what of it was one piece of work of more than 50 ms; in milliseconds.</summary>
internal sealed record Frames([property: JsonPropertyName("frames")] double[] Times, [property: JsonPropertyName("long_tasks")] double[] LongTasks);
