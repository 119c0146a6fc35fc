using Microsoft.AspNetCore.Mvc;
using Podium.Scoring;
using Podium.Server.Access;
using Podium.Server.Wire;
using Podium.Strategies;

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
            .WithDescription("?strategy= and ?weights= rank in another way without storing it; ?refresh=true looks into the run folder at once.");
        group.MapPost("/{job_id}", CheckpointReports.TakeAsync).RequireAuthorization(Policies.Report).OfJob().Accepts<ReportedCheckpoint>("application/json")
            .WithSummary("Reports that a checkpoint was saved.");
    }

    private static ValueTask<IResult> ListAsync(
        [FromRoute(Name = OfJobFilter.RouteValue)] string jobId, string? strategy, string? weights, string? refresh, Listings listings, CancellationToken cancellation) =>
        AnswerAsync(jobId, strategy, weights, refresh, inOldForm: false, listings, cancellation);

    private static async Task<IResult> ListInOldFormAsync(
        [FromQuery(Name = "jobId")] string? jobId, string? strategy, string? weights, string? refresh, Caller caller, Listings listings, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(jobId)) return Problems.BadRequest("jobId is missing: ask for list?jobId=JOB.");
        return caller.MayRead(jobId)
            ? await AnswerAsync(jobId, strategy, weights, refresh, inOldForm: true, listings, cancellation)
            : Problems.NoJob(jobId);
    }

    private static async ValueTask<IResult> AnswerAsync(
        string jobId, string? strategy, string? weights, string? refresh, bool inOldForm, Listings listings, CancellationToken cancellation)
    {
        var question = strategy is null && weights is null ? (inOldForm ? "old" : Listings.Plain) : $"{inOldForm}\n{strategy}\n{weights}";
        if (refresh is not (null or "" or "true" or "1" or "false" or "0")) return Problems.BadRequest("refresh must be true or false.");
        var atOnce = refresh is "true" or "1";
        if (!atOnce && listings.Find(jobId, question) is { } known) return new JsonBytes(known);

        if (!TryRead(strategy, weights, out var asked, out var fault)) return Problems.BadRequest(fault);
        return await listings.ListAsync(jobId, asked, question, inOldForm, atOnce, cancellation) is { } answer
            ? new JsonBytes(answer)
            : Problems.NoJob(jobId);
    }

    private static bool TryRead(string? name, string? weights, out Strategy? strategy, out string fault)
    {
        strategy = null;
        fault = "";
        if (!string.IsNullOrEmpty(name) && !StrategyParser.TryParse(name, out strategy, out fault))
        {
            fault = $"strategy: {fault}";
            return false;
        }

        if (string.IsNullOrEmpty(weights)) return true;
        if (!ScoreWeightsParser.TryParse(weights, out var read, out fault))
        {
            fault = $"weights: {fault}";
            return false;
        }

        if (strategy is not (null or MultiMetricStrategy))
        {
            fault = $"weights: they belong to the strategy multi-metric, not to '{strategy.Name}'.";
            return false;
        }

        strategy = new MultiMetricStrategy(new MultiMetricScorer(read), AskedFor: true);
        return true;
    }
}
