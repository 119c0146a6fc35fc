using System.Globalization;
using System.Text.Json;
using Podium.Storage.Events;

namespace Podium.Server.OpenAi;

/// <summary>What happened to a job, as OpenAI's clients read it.</summary>
internal sealed record FineTuningEvent(string Object, string Id, long CreatedAt, string Level, string Message, string Type, JsonElement Data)
{
    public static FineTuningEvent Of(JobEvent happened)
    {
        var data = JsonElement.Parse(happened.Data);
        var isWarning = happened.Kind == EventKind.Warning;
        return new FineTuningEvent("fine_tuning.job.event", IdOf(happened.JobId, happened.Seq), happened.Time / 1000, LevelOf(isWarning, data), MessageOf(happened.Kind, data), "message", data);
    }

    /// <summary>Reads the number of an event from its id; none given: behind the newest.</summary>
    public static bool TryReadId(string? id, string jobId, out long seq)
    {
        seq = long.MaxValue;
        if (string.IsNullOrEmpty(id)) return true;
        return id.StartsWith($"ftevent-{jobId}-", StringComparison.Ordinal)
            && long.TryParse(id.AsSpan(jobId.Length + "ftevent--".Length), NumberStyles.None, CultureInfo.InvariantCulture, out seq);
    }

    private static string IdOf(string jobId, long seq) => $"ftevent-{jobId}-{seq.ToString(CultureInfo.InvariantCulture)}";

    private static string LevelOf(bool isWarning, JsonElement data) =>
        isWarning ? "warn" : Text(data, "to") is "failed" ? "error" : "info";

    private static string MessageOf(string kind, JsonElement data) => kind switch
    {
        EventKind.JobCreated => "The job was created.",
        EventKind.StatusChanged => $"The job is {Text(data, "to")} now, and was {Text(data, "from")} before.",
        EventKind.RunStarted => $"Run {Text(data, "number")} has begun.",
        EventKind.RunContinued => $"Run {Text(data, "number")} has gone on.",
        EventKind.JobChanged => "The job's names, folder or length were changed.",
        EventKind.JobDeleted => "The job was deleted.",
        EventKind.JobRestored => "The job was restored.",
        EventKind.TokenAdded => $"The token {Text(data, "name")} was made for the job.",
        EventKind.TokenRevoked => $"The job's token {Text(data, "name")} was revoked.",
        EventKind.CheckpointSaved => $"The checkpoint {Text(data, "path")} was saved.",
        EventKind.CheckpointGone => $"The checkpoint {Text(data, "path")} is gone.",
        EventKind.NewBest when Text(data, "path") is { } path => $"The best checkpoint is {path} now.",
        EventKind.NewBest => "No checkpoint can be recommended any more.",
        EventKind.StrategyChanged => $"The job is ranked by {Text(data, "to")} now, and was by {Text(data, "from")} before.",
        EventKind.Warning => Text(data, "message") ?? "There is something to know about the job.",
        _ => kind,
    };

    private static string? Text(JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value.ToString() : null;
}
