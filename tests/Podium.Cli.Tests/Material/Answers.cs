using System.Text.Json;

namespace Podium.Cli.Tests.Material;

/// <summary>Reads what podium printed.</summary>
internal static class Answers
{
    /// <summary>Stdout as one JSON document.</summary>
    public static JsonElement Json(this ProcessRun run)
    {
        try
        {
            using var document = JsonDocument.Parse(run.Output);
            return document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            throw new InvalidOperationException($"{exception.Message}\n{run.Describe()}", exception);
        }
    }

    public static string? Text(this JsonElement element, string name) => element.GetProperty(name).GetString();

    public static double Number(this JsonElement element, string name) => element.GetProperty(name).GetDouble();

    public static JsonElement[] Items(this JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray()];

    /// <summary>The checkpoints of the newest run.</summary>
    public static JsonElement[] Checkpoints(this JsonElement folder) => folder.Items("runs")[0].Items("checkpoints");

    public static string[] Lines(this string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether a line does. A path is kept whole, so that it can be copied: one that is long may stand out.</summary>
    public static bool FitsIn80Columns(this string line) => line.Length <= 80 || line.TrimStart('★', '-', '!', ' ').Split(' ') is [{ Length: > 60 }, ..];

    /// <summary>What was printed as words, with what was wrapped put together again.</summary>
    public static string Unwrapped(this string text) => string.Join(' ', text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
