using System.Text.Json;

namespace Podium.Storage.Events;

/// <summary>What events say besides their kind. The names are those of the wire.</summary>
internal static class EventData
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static string ToJson<T>(T data) => JsonSerializer.Serialize(data, Json);

    public static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    internal sealed record Created(string? JobName, string Status);

    internal sealed record Status(string From, string To, string? Error);

    internal sealed record Run(int Number, int? Parent, long? FromStep);

    internal sealed record Continued(int Number);

    internal sealed record Changed(IReadOnlyDictionary<string, FromTo> Fields);

    internal sealed record FromTo(object? From, object? To);

    internal sealed record Token(string Name);

    internal sealed record Nothing;

    internal sealed record Checkpoint(string Path, long Step, double? Epoch, long? SizeBytes, string State, long Run);

    internal sealed record Best(string? Path, string? PreviousPath, double? Score, double? PreviousScore, double? EvalLoss, double? Epoch, long? Step);

    internal sealed record Strategy(string From, string To, string? PreviousPath, long? PreviousStep, double? PreviousEvalLoss);

    internal sealed record Warning(string? Code, string Message);
}
