using Microsoft.AspNetCore.Mvc;
using Podium.Server.Access;
using Podium.Server.Wire;

namespace Podium.Server.Listing;

/// <summary><c>/api/training/checkpoints/…</c>: the checkpoints of a job, ranked.</summary>
internal static class ListingApi
{
    public static void MapListing(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/training/checkpoints").WithTags("Checkpoints");
        group.MapGet("/list", ListInOldFormAsync).RequireAuthorization(Policies.Read)
            .Produces<CheckpointListing>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Lists a job's checkpoints, with the fields that clients of the old system read.");
        group.MapGet("/{job_id}", ListAsync).RequireAuthorization(Policies.Read).OfJob()
            .Produces<CheckpointListing>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Lists a job's checkpoints, ranked, and says which is best.")
            .WithDescription("?strategy= and ?weights= rank in another way without storing it; ?explain=true says why, and how the runs went; ?refresh=true looks into the run folder at once.");
        group.MapPost("/{job_id}", CheckpointReports.TakeAsync).RequireAuthorization(Policies.Report).OfJob().Accepts<ReportedCheckpoint>("application/json")
            .WithSummary("Reports that a checkpoint was saved.");
    }

    private static ValueTask<IResult> ListAsync(
        [FromRoute(Name = OfJobFilter.RouteValue)] string jobId, string? strategy, string? weights, string? explain, string? refresh, Listings listings, CancellationToken cancellation) =>
        AnswerAsync(jobId, strategy, weights, explain, refresh, inOldForm: false, listings, cancellation);

    private static async Task<IResult> ListInOldFormAsync(
        [FromQuery(Name = "jobId")] string? jobId, string? strategy, string? weights, string? explain, string? refresh, Caller caller, Listings listings, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(jobId)) return Problems.BadRequest("jobId is missing: ask for list?jobId=JOB.");
        return caller.MayRead(jobId)
            ? await AnswerAsync(jobId, strategy, weights, explain, refresh, inOldForm: true, listings, cancellation)
            : Problems.NoJob(jobId);
    }

    private static async ValueTask<IResult> AnswerAsync(
        string jobId, string? strategy, string? weights, string? explain, string? refresh, bool inOldForm, Listings listings, CancellationToken cancellation)
    {
        if (!TryReadFlag(explain, out var isExplained)) return Problems.BadRequest("explain must be true or false.");
        if (!TryReadFlag(refresh, out var atOnce)) return Problems.BadRequest("refresh must be true or false.");
        var question = new ListingQuestion(AskedRanking.QuestionOf(strategy, weights), isExplained, inOldForm);
        if (!atOnce && listings.Find(jobId, question) is { } known) return new JsonBytes(known.Bytes);

        if (!AskedRanking.TryParse(strategy, weights, out var asked, out var fault)) return Problems.BadRequest(fault);
        return await listings.ListAsync(jobId, asked.Strategy, question, atOnce, cancellation) is { } answer
            ? new JsonBytes(answer.Bytes)
            : Problems.NoJob(jobId);
    }

    private static bool TryReadFlag(string? text, out bool value)
    {
        value = text is "true" or "1";
        return value || text is null or "" or "false" or "0";
    }
}
