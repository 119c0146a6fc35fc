using System.Text.Json;
using Podium.Server.Access;
using Podium.Storage;
using Podium.Storage.Tracking;

namespace Podium.Server.MLflow.Calls;

/// <summary>A call of a client: who makes it, and what it may reach.</summary>
/// <remarks>A job's own token sees one experiment with one run, its job, and the runs that it opened beside that.</remarks>
internal sealed class MLflowCall
{
    private MLflowCall(HttpContext context)
    {
        Http = context;
        Caller = context.Caller();
        Storage = context.RequestServices.GetRequiredService<PodiumStorage>();
    }

    public HttpContext Http { get; }

    public Caller Caller { get; }

    public PodiumStorage Storage { get; }

    public TrackingStore Tracking => Storage.Tracking;

    public CancellationToken Cancellation => Http.RequestAborted;

    /// <summary>Answers a call, also one that is refused, in MLflow's form.</summary>
    public static async Task AnswerAsync(HttpContext context, Func<MLflowCall, Task<IResult>> handle) =>
        await (await ResultAsync(context, handle)).ExecuteAsync(context);

    public Task<MLflowFields> FieldsAsync() => MLflowFields.ReadAsync(Http.Request, Cancellation);

    /// <summary>A run that the caller may know of.</summary>
    public async Task<TrackedRun> RunAsync(string id, RunParts parts) =>
        await Tracking.Runs.FindAsync(id, parts, Cancellation) is { } run && MayRead(run) ? run : throw MLflowException.NoRun(id);

    /// <summary>Whether the caller may know of a run.</summary>
    public bool MayRead(TrackedRun run) => Caller.MayRead(run.RunId) || (run.BesideJobId is { } job && Caller.MayRead(job));

    /// <summary>Refuses where the caller may not report to a run. Whether there is one is seen when it is done.</summary>
    public async ValueTask RequireReportAsync(string runId)
    {
        if (Caller.MayReport(runId)) return;
        var run = await RunAsync(runId, RunParts.None);
        if (run.BesideJobId is not { } job || !Caller.MayReport(job)) throw MLflowException.Forbidden($"The token '{Caller.Name}' may not report to this run.");
    }

    /// <summary>The one experiment of a job's own token; null where the caller may know of all.</summary>
    public async ValueTask<long?> OwnExperimentAsync() => Caller.JobId is { } job ? (await RunAsync(job, RunParts.None)).ExperimentId : null;

    private static async Task<IResult> ResultAsync(HttpContext context, Func<MLflowCall, Task<IResult>> handle)
    {
        try
        {
            return await handle(new MLflowCall(context));
        }
        catch (MLflowException refused)
        {
            return MLflowAnswer.Refused(refused.Status, refused.Code, refused.Message);
        }
        catch (JsonException fault)
        {
            return MLflowAnswer.Refused(StatusCodes.Status400BadRequest, "MALFORMED_REQUEST", $"The body is no JSON: {fault.Message}");
        }
    }
}
