using Microsoft.AspNetCore.Http.HttpResults;
using Podium.Server.Access;
using Podium.Server.Configuration;
using Podium.Server.Jobs;
using Podium.Server.Wire;

namespace Podium.Server.Importing;

/// <summary><c>POST /api/training/local/import</c>: makes a job of a run folder.</summary>
internal static class ImportApi
{
    public static void MapImport(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/training/local/import", ImportAsync)
            .RequireAuthorization(Policies.Operate)
            .Accepts<ImportRequest>("application/json")
            .WithTags("Jobs")
            .WithSummary("Makes a job of a run folder, with its whole history; done again, it brings in only what is new.");

    private static async Task<Results<Ok<ImportAnswer>, ProblemHttpResult>> ImportAsync(HttpRequest request, Caller caller, FolderImport import, ServerOptions options, CancellationToken cancellation)
    {
        var fields = await JsonFields.ReadAsync(request, cancellation);
        var asked = ImportRequest.Read(fields, options.Limits);
        if (fields.Refusal is { } refusal) return refusal;
        var outcome = await import.ImportAsync(asked, caller.Name, cancellation);
        return outcome.Fault is { } fault ? fault.ToProblem() : TypedResults.Ok(outcome.Imported!);
    }
}

/// <summary>A run folder to import, as it is sent.</summary>
/// <param name="Path">The folder, at or below one of the server's roots.</param>
/// <param name="JobId">The job's name; one is made where none is given.</param>
/// <param name="Strategy">How to rank it; the server's way where none is given.</param>
internal sealed record ImportRequest(string Path, string? JobId, string? Strategy)
{
    private const string Known = "path, job_id, strategy";

    /// <summary>Reads the fields; what is wrong with them is noted there.</summary>
    public static ImportRequest Read(JsonFields fields, ServerLimits limits)
    {
        var path = fields.RequiredText("path", NewJob.LongestPath);
        var jobId = fields.Text("job_id", limits);
        if (jobId is not null && JobNames.FaultOf(jobId) is { } wrongName) fields.Fault(wrongName);
        var strategy = NewJob.StrategyOf(fields, limits);
        fields.RefuseOthers(Known);
        return new ImportRequest(path, jobId, strategy);
    }
}

/// <summary>What is kept of the job after the import.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Runs">Its runs.</param>
/// <param name="Checkpoints">Its checkpoints.</param>
/// <param name="Points">Its points, each metric at each step being one.</param>
/// <param name="NewPoints">How many of them this import brought.</param>
internal sealed record ImportAnswer(string JobId, long Runs, long Checkpoints, long Points, long NewPoints);
