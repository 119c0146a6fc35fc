using Podium.Server.Jobs;
using Podium.Server.MLflow.Calls;
using Podium.Server.MLflow.Names;
using Podium.Storage.Tracking;

namespace Podium.Server.MLflow.Runs;

/// <summary><c>runs/create</c>, <c>get</c>, <c>update</c>, <c>delete</c> and <c>restore</c>. A run is a job.</summary>
internal static class RunsApi
{
    private const string NameTag = "mlflow.runName";

    public static void MapRuns(this IEndpointRouteBuilder calls)
    {
        calls.MapChange("POST", "/runs/create", CreateAsync);
        calls.MapRead("GET", "/runs/get", async call =>
        {
            var run = await call.RunAsync((await call.FieldsAsync()).RunId, RunParts.All);
            return MLflowAnswer.Of(json => Write(json, run));
        });
        calls.MapChange("POST", "/runs/update", UpdateAsync);
        calls.MapChange("POST", "/runs/delete", call => MoveAsync(call, call.Tracking.Runs.DeleteAsync));
        calls.MapChange("POST", "/runs/restore", call => MoveAsync(call, call.Tracking.Runs.RestoreAsync));
    }

    private static async Task<IResult> CreateAsync(MLflowCall call)
    {
        var fields = await call.FieldsAsync();
        var tags = fields.Pairs("tags");
        NameRules.CheckKeys(tags, "Tag");
        var tagged = tags.LastOrDefault(tag => tag.Key == NameTag).Value;
        var given = fields.Text("run_name");
        if (given is { Length: > 0 } && tagged is { Length: > 0 } && given != tagged)
        {
            throw MLflowException.Invalid(
                $"Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different values (run_name='{given}', mlflow.runName='{tagged}').");
        }

        var name = given is { Length: > 0 } ? given : tagged is { Length: > 0 } ? tagged : MadeUpNames.Next();
        var run = new NewRun(
            Guid.NewGuid().ToString("n"), fields.Experiment() ?? 0, NameRules.CutTag(name), NameRules.CutTag(fields.Text("user_id") ?? ""), fields.Whole("start_time"), NameRules.CutTags(tags));
        // A job's own run is there already.
        var isThere = call.Caller.JobId is { } own && await call.Tracking.Runs.FindAsync(own, RunParts.None, call.Cancellation) is { IsOpened: false };
        if (!isThere && await call.Http.RequestServices.GetRequiredService<JobLimit>().FaultAsync(call.Cancellation) is { } tooMany) throw MLflowException.NoRoom(tooMany);
        var made = call.Caller.JobId is { } job ? await call.Tracking.Runs.OpenAsync(job, run, call.Caller.Name) : await call.Tracking.Runs.CreateAsync(run, call.Caller.Name);
        MLflowException.ThrowIf(made.Refusal);
        var answer = await call.RunAsync(made.Value, RunParts.All);
        return MLflowAnswer.Of(json => Write(json, answer));
    }

    private static async Task<IResult> UpdateAsync(MLflowCall call)
    {
        var fields = await call.FieldsAsync();
        var id = fields.RunId;
        await call.RequireReportAsync(id);
        var status = fields.Text("status") is { Length: > 0 } word ? RunStatus.Parse(word) : null;
        var name = fields.Text("run_name") is { Length: > 0 } given ? NameRules.CutTag(given) : null;
        // This is how a client opens the run that MLFLOW_RUN_ID names.
        var isOpening = call.Caller.JobId == id && status is Storage.Jobs.JobStatus.Running;
        MLflowException.ThrowIf(await call.Tracking.Runs.UpdateAsync(id, new RunChange(status, fields.Whole("end_time"), name, isOpening), call.Caller.Name));
        var run = await call.RunAsync(id, RunParts.None);
        return MLflowAnswer.Of(json =>
        {
            json.WriteStartObject("run_info");
            RunJson.WriteInfo(json, run);
            json.WriteEndObject();
        });
    }

    private static async Task<IResult> MoveAsync(MLflowCall call, Func<string, string?, Task<TrackingRefusal?>> move)
    {
        var id = (await call.FieldsAsync()).RunId;
        await call.RequireReportAsync(id);
        MLflowException.ThrowIf(await move(id, call.Caller.Name));
        return MLflowAnswer.Done;
    }

    private static void Write(System.Text.Json.Utf8JsonWriter json, TrackedRun run)
    {
        json.WriteStartObject("run");
        RunJson.Write(json, run);
        json.WriteEndObject();
    }
}
