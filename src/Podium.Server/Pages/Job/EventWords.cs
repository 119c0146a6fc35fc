using System.Text.Json;
using Podium.Server.Pages.Words;
using Podium.Storage.Events;

namespace Podium.Server.Pages.Job;

/// <summary>What happened to a job, for people.</summary>
internal static class EventWords
{
    /// <summary>What a kind of event is called.</summary>
    public static string NameOf(string kind) => kind switch
    {
        EventKind.JobCreated => "Job made",
        EventKind.StatusChanged => "Status",
        EventKind.RunStarted => "Run begun",
        EventKind.RunContinued => "Run gone on",
        EventKind.JobChanged => "Job changed",
        EventKind.JobDeleted => "Job deleted",
        EventKind.JobRestored => "Job restored",
        EventKind.TokenAdded => "Token made",
        EventKind.TokenRevoked => "Token revoked",
        EventKind.CheckpointSaved => "Checkpoint saved",
        EventKind.CheckpointGone => "Checkpoint gone",
        EventKind.NewBest => "New best",
        EventKind.StrategyChanged => "Strategy",
        EventKind.Warning => "Warning",
        _ => kind,
    };

    /// <summary>What happened, in a sentence; of a kind that is not known, what was kept of it.</summary>
    public static string SentenceOf(JobEvent happened)
    {
        JsonElement data;
        try
        {
            data = JsonElement.Parse(happened.Data);
        }
        catch (JsonException)
        {
            return happened.Data;
        }

        return data.ValueKind == JsonValueKind.Object ? SentenceOf(happened, data) : happened.Data;
    }

    private static string SentenceOf(JobEvent happened, JsonElement data) => happened.Kind switch
    {
        EventKind.JobCreated => $"The job was made{(Text(data, "job_name") is { } name ? $", by the name of '{name}'" : "")}. Its status was {Text(data, "status")}.",
        EventKind.StatusChanged => $"{Capital(Text(data, "to"))} now, {Text(data, "from")} before{(Text(data, "error") is { } error ? $": {error}" : ".")}",
        EventKind.RunStarted when Text(data, "parent") is { } parent => $"Run {Text(data, "number")} began: it forked from run {parent} at step {Whole(data, "from_step")}, and what came before is of both.",
        EventKind.RunStarted => $"Run {Text(data, "number")} began.",
        EventKind.RunContinued => $"Run {Text(data, "number")} has gone on, and is the newest again.",
        EventKind.JobChanged => ChangesOf(data),
        EventKind.JobDeleted => "The job was deleted.",
        EventKind.JobRestored => "The job was restored.",
        EventKind.TokenAdded => $"The token '{Text(data, "name")}' was made, which reports to this job alone.",
        EventKind.TokenRevoked => $"The token '{Text(data, "name")}' was revoked.",
        EventKind.CheckpointSaved => $"{Text(data, "path")} was saved at step {Whole(data, "step")}{Details(data)}.",
        EventKind.CheckpointGone => $"{Text(data, "path")} is no longer there.",
        EventKind.NewBest => BestOf(data),
        EventKind.StrategyChanged => $"Ranked by {Text(data, "to")} now, by {Text(data, "from")} before{(Text(data, "previous_path") is { } path ? $", when the best was {path}" : "")}.",
        EventKind.Warning => Text(data, "message") ?? "There is something to know about the job.",
        _ => happened.Data,
    };

    private static string BestOf(JsonElement data)
    {
        var before = Text(data, "previous_path") is { } previous ? $", was {previous}{ScoreOf(data, "previous_score")}" : "";
        return Text(data, "path") is { } path ? $"New best: {path}{ScoreOf(data, "score")}{before}."
            : Text(data, "step") is not null ? $"The best evaluation so far is at step {Whole(data, "step")}{ScoreOf(data, "score")}; no checkpoint is saved there yet{before}."
            : $"No checkpoint can be recommended any more{before}.";
    }

    private static string Details(JsonElement data)
    {
        var size = Number(data, "size_bytes") is { } bytes ? $", {Figures.Bytes((long)bytes)}" : "";
        return Text(data, "state") is { } state and not "complete" ? $"{size}, and is {state}" : size;
    }

    private static string ChangesOf(JsonElement data) =>
        data.TryGetProperty("fields", out var fields) && fields.ValueKind == JsonValueKind.Object
            ? string.Join("; ", fields.EnumerateObject().Select(field => $"{field.Name.Replace('_', ' ')}: {Text(field.Value, "to") ?? "nothing"}, was {Text(field.Value, "from") ?? "nothing"}")) + "."
            : "Its names, folder or length were changed.";

    private static string ScoreOf(JsonElement data, string name) => Number(data, name) is { } score ? $" (score {Figures.Loss(score)})" : "";

    private static string Capital(string? text) => text is { Length: > 0 } ? $"{char.ToUpperInvariant(text[0])}{text[1..]}" : "Not known";

    private static string Whole(JsonElement data, string name) => Number(data, name) is { } number ? Figures.Whole((long)number) : Figures.None;

    private static double? Number(JsonElement data, string name) =>
        data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private static string? Text(JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value.ToString() : null;
}
