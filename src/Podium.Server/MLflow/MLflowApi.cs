using Podium.Server.Access;
using Podium.Server.MLflow.Calls;
using Podium.Server.MLflow.Experiments;
using Podium.Server.MLflow.Metrics;
using Podium.Server.MLflow.Models;
using Podium.Server.MLflow.Runs;

namespace Podium.Server.MLflow;

/// <summary>The MLflow tracking protocol: any trainer that reports by it becomes a job.</summary>
internal static class MLflowApi
{
    private const string Base = "/api/2.0/mlflow";
    private const string ArtifactBase = "/api/2.0/mlflow-artifacts";
    private const string NewerBase = "/api/3.0/mlflow";

    private static readonly string[] Prefixes = [Base, ArtifactBase, NewerBase];

    /// <summary>Whether an address is one of MLflow's protocol.</summary>
    public static bool IsCall(PathString path) => Array.Exists(Prefixes, prefix => path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase));

    public static void MapMLflow(this IEndpointRouteBuilder routes)
    {
        var calls = routes.MapGroup(Base);
        calls.MapExperiments();
        calls.MapRuns();
        calls.MapRunLogs();
        calls.MapRunSearch();
        calls.MapMetricHistory();
        calls.MapLoggedModels();
        calls.MapLoggedModelSearch();
        Artifacts.ArtifactApi.MapRunList(calls);
        Artifacts.ArtifactApi.Map(routes.MapGroup(ArtifactBase));

        // Clients tell by this answer, and by no other, that a call is not there.
        foreach (var prefix in Prefixes)
        {
            routes.Map($"{prefix}/{{**rest}}", static (HttpContext context) => MLflowAnswer.Refused(
                StatusCodes.Status404NotFound, "ENDPOINT_NOT_FOUND", $"There is no call {context.Request.Method} {context.Request.Path} here."))
                .RequireAuthorization(Policies.Read).ExcludeFromDescription();
        }
    }

    /// <summary>Maps a call that reads.</summary>
    public static void MapRead(this IEndpointRouteBuilder calls, string method, string path, Func<MLflowCall, Task<IResult>> handle) =>
        calls.MapCall(method, path, Policies.Read, handle);

    /// <summary>Maps a call that changes something.</summary>
    public static void MapChange(this IEndpointRouteBuilder calls, string method, string path, Func<MLflowCall, Task<IResult>> handle) =>
        calls.MapCall(method, path, Policies.Report, handle);

    private static void MapCall(this IEndpointRouteBuilder calls, string method, string path, string policy, Func<MLflowCall, Task<IResult>> handle) =>
        calls.MapMethods(path, [method], (HttpContext context) => MLflowCall.AnswerAsync(context, handle)).RequireAuthorization(policy);
}
