using Microsoft.AspNetCore.Http.HttpResults;
using Podium.Server.Access;
using Podium.Server.Configuration;
using Podium.Server.Wire;
using Podium.Storage;
using Podium.Storage.Jobs;

namespace Podium.Server.Jobs;

/// <summary><c>/api/training/local/jobs</c> and <c>/api/training/local/{job_id}/status</c>.</summary>
internal static class JobsApi
{
    private const int UsualPage = 50;
    private const int LargestPage = 1000;

    public static void MapJobs(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/training/local").WithTags("Jobs");
        group.MapPost("/jobs", CreateAsync).RequireAuthorization(Policies.Operate).Accepts<NewJob>("application/json")
            .WithSummary("Makes a job, and a token with which its trainer reports.");
        group.MapGet("/jobs", ListAsync).RequireAuthorization(Policies.Read)
            .WithSummary("Lists jobs, the newest first unless asked otherwise.")
            .WithDescription($"?status= names statuses, with commas between; ?search= is looked for in the job's names and those of its model and data; ?sort= is one of {string.Join(", ", JobSorts.Names)}; ?order= asc or desc.");
        group.MapGet("/{job_id}/status", StatusAsync).RequireAuthorization(Policies.Read).OfJob()
            .WithSummary("Says how a job stands.");
        group.MapPatch("/{job_id}/status", ChangeAsync).RequireAuthorization(Policies.Report).OfJob().Accepts<JobChangeRequest>("application/json")
            .WithSummary("Changes a job's strategy, run folder, names or length, or says how it has ended.");
    }

    private static async Task<Results<Created<NewJobAnswer>, ProblemHttpResult>> CreateAsync(
        HttpRequest request, Caller caller, PodiumStorage storage, JobLimit limit, ServerOptions options, CancellationToken cancellation)
    {
        var fields = await JsonFields.ReadAsync(request, cancellation);
        var row = NewJob.RowOf(fields, options.Limits);
        if (fields.Refusal is { } refusal) return refusal;
        if (await limit.FaultAsync(cancellation) is { } tooMany) return Problems.Of(StatusCodes.Status507InsufficientStorage, tooMany);
        if (!await storage.Jobs.CreateAsync(row, caller.Name)) return Problems.Conflict($"There is a job '{row.JobId}' already.");

        var token = await storage.Tokens.CreateJobTokenAsync(row.JobId);
        return TypedResults.Created($"{request.PathBase}/api/training/local/{row.JobId}/status", new NewJobAnswer(row.JobId, token));
    }

    private static async Task<Results<Ok<JobsAnswer>, ProblemHttpResult>> ListAsync(
        Caller caller, PodiumStorage storage, ServerOptions options, TimeProvider time, string? status, string? search, string? sort, string? order, string? limit, string? offset, CancellationToken cancellation)
    {
        if (Paging.Read("limit", limit, UsualPage, 0, LargestPage, out var most) is { } wrongLimit) return wrongLimit;
        if (Paging.Read("offset", offset, 0, 0, int.MaxValue, out var skipped) is { } wrongOffset) return wrongOffset;
        if (!AskedJobs.TryParse(status, search, sort, order, out var query, out var fault)) return Problems.BadRequest(fault);
        // A job's own token knows of no other.
        var (jobs, total) = await storage.Jobs.ListAsync(query with { JobId = caller.JobId, Limit = (int)most, Offset = (int)skipped }, cancellation);
        var now = time.GetUtcNow();
        return TypedResults.Ok(new JobsAnswer([.. jobs.Select(row => JobStatusAnswer.Of(row, options.Strategy, now))], total, (int)most, (int)skipped));
    }

    private static async Task<Results<Ok<JobStatusAnswer>, ProblemHttpResult>> StatusAsync(
        [Microsoft.AspNetCore.Mvc.FromRoute(Name = OfJobFilter.RouteValue)] string jobId, JobStatuses statuses, CancellationToken cancellation) =>
        await statuses.ReadAsync(jobId, cancellation) is { } status ? TypedResults.Ok(status) : Problems.NoJob(jobId);

    private static async Task<Results<Ok<JobStatusAnswer>, ProblemHttpResult>> ChangeAsync(
        [Microsoft.AspNetCore.Mvc.FromRoute(Name = OfJobFilter.RouteValue)] string jobId,
        HttpRequest request,
        Caller caller,
        PodiumStorage storage,
        AllowedFolders folders,
        JobStatuses statuses,
        ServerOptions options,
        TimeProvider time,
        CancellationToken cancellation)
    {
        var fields = await JsonFields.ReadAsync(request, cancellation);
        // A trainer says how its job stands, and nothing else of it.
        if (caller.Role == Role.Job && fields.OtherThan(StatusChange.Fields) is { } other)
            return Problems.Of(StatusCodes.Status403Forbidden, $"The token '{caller.Name}' has the role job, which may set {string.Join(" and ", StatusChange.Fields)} alone, and not '{other}'.");
        var change = JobChangeRequest.Read(fields, options.Limits, folders, time.GetUtcNow());
        if (fields.Refusal is { } refusal) return refusal;
        if (!await storage.Jobs.ChangeAsync(jobId, change, caller.Name)) return Problems.NoJob(jobId);
        return await StatusAsync(jobId, statuses, cancellation);
    }
}
