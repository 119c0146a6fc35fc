using Microsoft.AspNetCore.Mvc;
using Podium.Server.Access;
using Podium.Server.Listing;
using Podium.Storage;
using Podium.Storage.Events;
using Podium.Storage.Jobs;

namespace Podium.Server.OpenAi;

/// <summary><c>/v1/fine_tuning/jobs</c>: jobs as OpenAI's own clients read them.</summary>
internal static class OpenAiApi
{
    private const int UsualPage = 20;
    private const int MostCheckpoints = 10;

    /// <summary>Whether an address is one of OpenAI's protocol.</summary>
    public static bool IsCall(PathString path) => path.StartsWithSegments("/v1", StringComparison.OrdinalIgnoreCase);

    public static void MapOpenAi(this IEndpointRouteBuilder routes)
    {
        var jobs = routes.MapGroup("/v1/fine_tuning/jobs").WithTags("OpenAI").RequireAuthorization(Policies.Read);
        jobs.MapGet("", ListAsync).Produces<Page<FineTuningJob>>().WithSummary("Lists jobs, the newest first.");
        jobs.MapGet("/{job_id}", FindAsync).Produces<FineTuningJob>().WithSummary("Reads a job.");
        jobs.MapGet("/{job_id}/events", EventsAsync).Produces<Page<FineTuningEvent>>().WithSummary("Lists what happened to a job, the newest first.");
        jobs.MapGet("/{job_id}/checkpoints", CheckpointsAsync).Produces<Page<FineTuningCheckpoint>>().WithSummary("Lists a job's checkpoints, the newest first.");
    }

    private static async Task<IResult> ListAsync(Caller caller, PodiumStorage storage, string? after, string? limit, CancellationToken cancellation)
    {
        if (OpenAiFaults.TryReadLimit(limit, UsualPage, out var most) is { } wrong) return wrong;
        IReadOnlyList<JobRow> jobs;
        if (caller.JobId is { } own)
        {
            jobs = after is null && await storage.Jobs.FindAsync(own, cancellation) is { } job ? [job] : [];
        }
        else
        {
            if (await OffsetAsync(storage, after, cancellation) is not { } offset) return OpenAiFaults.NoJob(after!, "after");
            (jobs, _) = await storage.Jobs.ListAsync(new JobQuery { Limit = most + 1, Offset = offset }, cancellation);
        }

        return Results.Ok(Page<FineTuningJob>.Of([.. jobs.Take(most).Select(FineTuningJob.Of)], job => job.Id, jobs.Count > most));
    }

    /// <summary>How many jobs stand up to one, which is where the next page begins; null where there is no such job.</summary>
    private static async Task<int?> OffsetAsync(PodiumStorage storage, string? after, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(after)) return 0;
        const int Together = 1000;
        for (var offset = 0; ; offset += Together)
        {
            var (jobs, _) = await storage.Jobs.ListAsync(new JobQuery { Limit = Together, Offset = offset }, cancellation);
            for (var i = 0; i < jobs.Count; i++)
                if (jobs[i].JobId == after)
                    return offset + i + 1;
            if (jobs.Count < Together) return null;
        }
    }

    private static async Task<IResult> FindAsync([FromRoute(Name = OfJobFilter.RouteValue)] string jobId, Caller caller, PodiumStorage storage, CancellationToken cancellation) =>
        caller.MayRead(jobId) && await storage.Jobs.FindAsync(jobId, cancellation) is { } job
            ? Results.Ok(FineTuningJob.Of(job))
            : OpenAiFaults.NoJob(jobId, "fine_tuning_job_id");

    private static async Task<IResult> EventsAsync(
        [FromRoute(Name = OfJobFilter.RouteValue)] string jobId, Caller caller, PodiumStorage storage, string? after, string? limit, CancellationToken cancellation)
    {
        if (OpenAiFaults.TryReadLimit(limit, UsualPage, out var most) is { } wrong) return wrong;
        if (!caller.MayRead(jobId) || await storage.Jobs.FindAsync(jobId, cancellation) is null) return OpenAiFaults.NoJob(jobId, "fine_tuning_job_id");
        if (!FineTuningEvent.TryReadId(after, jobId, out var before)) return OpenAiFaults.Invalid($"No such event: '{after}'.", "after");
        IReadOnlyList<JobEvent> events = await storage.Events.ReadNewestAsync(jobId, before, most + 1, cancellation);
        return Results.Ok(Page<FineTuningEvent>.Of([.. events.Take(most).Select(FineTuningEvent.Of)], one => one.Id, events.Count > most));
    }

    private static async Task<IResult> CheckpointsAsync(
        [FromRoute(Name = OfJobFilter.RouteValue)] string jobId, Caller caller, PodiumStorage storage, Listings listings, Configuration.ServerOptions options, string? after, string? limit, CancellationToken cancellation)
    {
        if (OpenAiFaults.TryReadLimit(limit, MostCheckpoints, out var most) is { } wrong) return wrong;
        if (!caller.MayRead(jobId)) return OpenAiFaults.NoJob(jobId, "fine_tuning_job_id");
        await listings.LookAsync(jobId, cancellation);
        // Their losses are those of the ranking, whichever way that goes.
        if (await RankedJob.ReadAsync(storage, jobId, asked: null, options.Strategy, cancellation) is not { } job) return OpenAiFaults.NoJob(jobId, "fine_tuning_job_id");
        var all = ListingMaker.Make(job, folder: null, isReached: false, notes: []).Checkpoints.Select(checkpoint => FineTuningCheckpoint.Of(job.Row, checkpoint)).ToList();
        var start = string.IsNullOrEmpty(after) ? 0 : all.FindIndex(checkpoint => checkpoint.Id == after) + 1;
        if (start == 0 && !string.IsNullOrEmpty(after)) return OpenAiFaults.Invalid($"No such checkpoint: '{after}'.", "after");
        return Results.Ok(Page<FineTuningCheckpoint>.Of([.. all.Skip(start).Take(most)], one => one.Id, all.Count > start + most));
    }
}
