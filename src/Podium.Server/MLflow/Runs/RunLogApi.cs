using System.Text.Json;
using Podium.Server.Metrics;
using Podium.Server.MLflow.Calls;
using Podium.Server.MLflow.Names;
using Podium.Server.Wire;
using Podium.Storage.Tracking;

namespace Podium.Server.MLflow.Runs;

/// <summary>The calls by which a run is logged to.</summary>
internal static class RunLogApi
{
    private const string ModelHistoryTag = "mlflow.log-model.history";

    public static void MapRunLogs(this IEndpointRouteBuilder calls)
    {
        calls.MapChange("POST", "/runs/log-batch", call => LogAsync(call, LogParser.ReadBatch));
        calls.MapChange("POST", "/runs/log-metric", call => LogAsync(call, LogParser.ReadMetric));
        calls.MapChange("POST", "/runs/log-parameter", call => PairAsync(call, "Param", pair => new RunLog(pair.RunId, [], [new(pair.Key, NameRules.CutParam(pair.Value))], [])));
        calls.MapChange("POST", "/runs/set-tag", call => PairAsync(call, "Tag", pair => new RunLog(pair.RunId, [], [], [new(pair.Key, NameRules.CutTag(pair.Value))])));
        calls.MapChange("POST", "/runs/delete-tag", call => ChangeAsync(call, fields => call.Tracking.Runs.DeleteTagAsync(fields.RunId, fields.Required("key"), call.Caller.Name)));
        calls.MapChange("POST", "/runs/log-model", call => ChangeAsync(call, fields => call.Tracking.Runs.AppendToTagAsync(fields.RunId, ModelHistoryTag, ObjectOf(fields.Required("model_json")))));
        calls.MapChange("POST", "/runs/log-inputs", call => ChangeAsync(call, fields => call.Tracking.Runs.LinkAsync(
            fields.RunId, [.. fields.Objects("datasets").Select(DatasetOf), .. fields.Objects("models").Select(model => ModelOf(model, RunLink.Model))])));
        calls.MapChange("POST", "/runs/outputs", call => ChangeAsync(call, fields => call.Tracking.Runs.LinkAsync(
            fields.RunId, [.. fields.Objects("models").Select(model => ModelOf(model, RunLink.Output))])));
    }

    private delegate ParsedLog Parse(ReadOnlySpan<byte> json);

    private static async Task<IResult> LogAsync(MLflowCall call, Parse parse)
    {
        ParsedLog log;
        using (var body = await RequestBody.ReadAsync(call.Http.Request, call.Cancellation)) log = parse(body.Bytes);
        await call.RequireReportAsync(log.RunId);
        TrackingRefusal? refusal = null;
        var series = call.Http.RequestServices.GetRequiredService<SeriesLimit>();
        var (fault, _) = await series.KeepAsync(
            log.RunId,
            log.Metrics.Names,
            async () => (refusal = await call.Tracking.Runs.LogAsync(new RunLog(log.RunId, log.Metrics.ToEntries(), log.Params, log.Tags), call.Caller.Name)) is null,
            call.Cancellation);
        if (fault is not null) throw MLflowException.Invalid(fault);
        MLflowException.ThrowIf(refusal);
        return MLflowAnswer.Done;
    }

    private static Task<IResult> PairAsync(MLflowCall call, string what, Func<(string RunId, string Key, string Value), RunLog> logOf) => ChangeAsync(call, fields =>
    {
        var key = fields.Required("key");
        NameRules.CheckKey(key, what);
        return call.Tracking.Runs.LogAsync(logOf((fields.RunId, key, fields.Text("value") ?? "")), call.Caller.Name);
    });

    private static async Task<IResult> ChangeAsync(MLflowCall call, Func<MLflowFields, Task<TrackingRefusal?>> change)
    {
        var fields = await call.FieldsAsync();
        await call.RequireReportAsync(fields.RunId);
        MLflowException.ThrowIf(await change(fields));
        return MLflowAnswer.Done;
    }

    private static string ObjectOf(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind == JsonValueKind.Object ? json : throw MLflowException.Invalid("model_json must be a JSON object.");
    }

    private static RunLink DatasetOf(JsonElement input) =>
        input.TryGetProperty("dataset", out var dataset) && TextOf(dataset, "name") is { } name
            ? new RunLink(RunLink.Dataset, $"{name}#{TextOf(dataset, "digest")}", input.GetRawText())
            : throw MLflowException.Missing("dataset.name");

    private static RunLink ModelOf(JsonElement model, string kind) =>
        TextOf(model, "model_id") is { } id ? new RunLink(kind, id, model.GetRawText()) : throw MLflowException.Missing("model_id");

    private static string? TextOf(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
