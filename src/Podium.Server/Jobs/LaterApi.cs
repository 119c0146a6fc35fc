using Podium.Server.Access;
using Podium.Server.Wire;

namespace Podium.Server.Jobs;

/// <summary>Calls of the contract that this version does not have yet: each says so, instead of not being found.</summary>
internal static class LaterApi
{
    public static void MapLater(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/training").WithTags("Not yet").RequireAuthorization(Policies.Report);
        group.MapPost("/local/start", () => Problems.NotImplemented("This server cannot start trainings yet. Start your trainer yourself and report to a job."));
        group.MapPost("/local/{job_id}/control", () => Problems.NotImplemented("This server cannot pause, resume or cancel trainings yet.")).OfJob();
        group.MapPost("/deploy", () => Problems.NotImplemented("This server cannot deploy checkpoints yet."));
        group.MapPost("/checkpoints/{job_id}/evaluations", () => Problems.NotImplemented("This server cannot take evaluation results yet.")).OfJob();
    }
}
