using Podium.Server.Access;
using Podium.Server.Artifacts;
using Podium.Server.MLflow.Calls;
using Podium.Server.MLflow.Names;
using Podium.Storage.Tracking;

namespace Podium.Server.MLflow.Models;

/// <summary><c>logged-models</c>: what the Trainer makes of each checkpoint that it uploads.</summary>
internal static class LoggedModelsApi
{
    private const string Pending = "LOGGED_MODEL_PENDING";
    private const string Ready = "LOGGED_MODEL_READY";
    private const string Failed = "LOGGED_MODEL_UPLOAD_FAILED";

    private static readonly System.Buffers.SearchValues<char> NotInNames = System.Buffers.SearchValues.Create("/:.%\"'");

    public static void MapLoggedModels(this IEndpointRouteBuilder calls)
    {
        calls.MapChange("POST", "/logged-models", CreateAsync);
        calls.MapRead("GET", "/logged-models/{model_id}", async call => LoggedModelJson.Answer(await FindAsync(call)));
        calls.MapChange("PATCH", "/logged-models/{model_id}", FinishAsync);
        calls.MapChange("DELETE", "/logged-models/{model_id}", call => ChangeAsync(call, (id, _) => call.Tracking.Models.DeleteAsync(id)));
        calls.MapChange("POST", "/logged-models/{model_id}/params", call => ChangeAsync(call, (id, fields) => call.Tracking.Models.AddParamsAsync(id, ParamsOf(fields))));
        calls.MapChange("PATCH", "/logged-models/{model_id}/tags", call => ChangeAsync(call, (id, fields) => call.Tracking.Models.SetTagsAsync(id, TagsOf(fields))));
        calls.MapChange("POST", "/logged-models/{model_id}/tags", call => ChangeAsync(call, (id, fields) => call.Tracking.Models.SetTagsAsync(id, TagsOf(fields))));
        calls.MapChange("DELETE", "/logged-models/{model_id}/tags/{tag_key}", call => ChangeAsync(call, (id, _) => call.Tracking.Models.DeleteTagAsync(id, (string)call.Http.GetRouteValue("tag_key")!)));
    }

    /// <summary>Whether the caller may know of a model.</summary>
    public static async ValueTask<bool> MayReadAsync(MLflowCall call, LoggedModel model) =>
        call.Caller.Role != Role.Job
        || (model.SourceRunId is { } source && await call.Tracking.Runs.FindAsync(source, RunParts.None, call.Cancellation) is { } run && call.MayRead(run));

    private static async Task<LoggedModel> FindAsync(MLflowCall call)
    {
        var id = (string)call.Http.GetRouteValue("model_id")!;
        return await call.Tracking.Models.FindAsync(id, call.Cancellation) is { } model && await MayReadAsync(call, model)
            ? model
            : throw MLflowException.NotFound($"Logged model with ID '{id}' not found.");
    }

    private static async Task<IResult> CreateAsync(MLflowCall call)
    {
        var fields = await call.FieldsAsync();
        var source = fields.Text("source_run_id") is { Length: > 0 } run ? run : null;
        if (source is not null) await call.RequireReportAsync(source);
        else if (call.Caller.JobId is not null) throw MLflowException.Missing("source_run_id");
        var given = source is null ? null : await call.RunAsync(source, RunParts.None);
        var model = new LoggedModel
        {
            ModelId = $"m-{Guid.NewGuid():n}",
            ExperimentId = call.Caller.JobId is null ? fields.Experiment() ?? 0 : given!.ExperimentId,
            Name = fields.Text("name") is { Length: > 0 } name ? NameOf(name) : MadeUpNames.Next(),
            ModelType = fields.Text("model_type") ?? "",
            SourceRunId = source,
            Status = Pending,
            Params = ParamsOf(fields),
            Tags = TagsOf(fields),
        };
        MLflowException.ThrowIf(await call.Tracking.Models.CreateAsync(model));
        return LoggedModelJson.Answer((await call.Tracking.Models.FindAsync(model.ModelId, call.Cancellation))!);
    }

    private static async Task<IResult> FinishAsync(MLflowCall call)
    {
        var model = await FindForChangeAsync(call);
        var fields = await call.FieldsAsync();
        var status = fields.Required("status") switch
        {
            Pending or "1" => Pending,
            Ready or "2" => Ready,
            Failed or "3" => Failed,
            var other => throw MLflowException.Invalid($"Invalid value {other} for parameter 'status' supplied."),
        };
        // First the checkpoint, then the word that it is ready: a client that is not told so tries again.
        if (status == Ready) await call.Http.RequestServices.GetRequiredService<CheckpointPublication>().PublishAsync(model, call.Caller.Name, call.Cancellation);
        MLflowException.ThrowIf(await call.Tracking.Models.SetStatusAsync(model.ModelId, status, fields.Text("status_message")));
        return LoggedModelJson.Answer(await FindAsync(call));
    }

    private static async Task<IResult> ChangeAsync(MLflowCall call, Func<string, MLflowFields, Task<TrackingRefusal?>> change)
    {
        var model = await FindForChangeAsync(call);
        MLflowException.ThrowIf(await change(model.ModelId, await call.FieldsAsync()));
        return MLflowAnswer.Done;
    }

    private static async Task<LoggedModel> FindForChangeAsync(MLflowCall call)
    {
        var model = await FindAsync(call);
        if (model.SourceRunId is { } source) await call.RequireReportAsync(source);
        return model;
    }

    private static string NameOf(string name)
    {
        if (name.Length > NameRules.LongestKey) throw NameRules.TooLong("Model name", NameRules.LongestKey);
        return name.AsSpan().ContainsAny(NotInNames) ? throw MLflowException.Invalid($"Invalid model name ('{name}') provided. Model name must be a non-empty string and cannot contain the following characters: '/', ':', '.', '%', '\"', '''") : name;
    }

    private static List<KeyValuePair<string, string>> ParamsOf(MLflowFields fields)
    {
        var values = fields.Pairs("params");
        NameRules.CheckKeys(values, "Param");
        return [.. values.Select(param => new KeyValuePair<string, string>(param.Key, NameRules.CutParam(param.Value)))];
    }

    private static IReadOnlyList<KeyValuePair<string, string>> TagsOf(MLflowFields fields)
    {
        var tags = fields.Pairs("tags");
        NameRules.CheckKeys(tags, "Tag");
        return NameRules.CutTags(tags);
    }
}
