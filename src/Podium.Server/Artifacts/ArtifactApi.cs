using System.Text.Json;
using Podium.Server.Access;
using Podium.Server.MLflow;
using Podium.Server.MLflow.Calls;
using Podium.Server.MLflow.Models;
using Podium.Server.MLflow.Runs;
using Podium.Server.Wire;
using Podium.Storage.Tracking;

namespace Podium.Server.Artifacts;

/// <summary>Artifacts of runs and models: <c>PUT</c>, <c>GET</c> and a listing.</summary>
internal static class ArtifactApi
{
    public static void AddArtifacts(this IServiceCollection services)
    {
        services.AddSingleton<ArtifactFolders>();
        services.AddSingleton<UploadFolder>();
        services.AddHostedService(provider => provider.GetRequiredService<UploadFolder>());
        services.AddSingleton<ArtifactUpload>();
        services.AddSingleton<UploadHost>();
        services.AddSingleton<CheckpointPublication>();
    }

    public static void Map(RouteGroupBuilder calls)
    {
        calls.MapGet("/artifacts", (HttpContext context) => MLflowCall.AnswerAsync(context, ListAsync)).RequireAuthorization(Policies.Read);
        calls.MapGet("/artifacts/{**path}", (HttpContext context) => MLflowCall.AnswerAsync(context, DownloadAsync)).RequireAuthorization(Policies.Read);
        calls.MapPut("/artifacts/{**path}", (HttpContext context) => MLflowCall.AnswerAsync(context, UploadAsync))
            .RequireAuthorization(Policies.Report)
            // Its own limit stands in the options: a shard of weights has 15 GB.
            .WithMetadata(new RequestSizeLimit(null));
    }

    /// <summary><c>artifacts/list</c>: the older call for the same, by the run's id, with paths from the run's own folder on.</summary>
    public static void MapRunList(RouteGroupBuilder calls) => calls.MapRead("GET", "/artifacts/list", async call =>
    {
        var fields = await call.FieldsAsync();
        var run = await call.RunAsync(fields.RunId, RunParts.None);
        var below = fields.Text("path")?.Trim('/') ?? "";
        var (path, model) = await FindAsync(call, $"{run.ExperimentId}/{run.RunId}/artifacts/{below}");
        var entries = call.Http.RequestServices.GetRequiredService<ArtifactFolders>().List(path, model).ToArray();
        return MLflowAnswer.Of(json =>
        {
            json.WriteString("root_uri", RunJson.ArtifactUriOf(run));
            json.WriteList("files", entries, (json, entry) => Write(json, entry with { Name = below.Length == 0 ? entry.Name : $"{below}/{entry.Name}" }));
        });
    });

    private static async Task<IResult> ListAsync(MLflowCall call)
    {
        var (path, model) = await FindAsync(call, (await call.FieldsAsync()).Required("path"));
        var entries = call.Http.RequestServices.GetRequiredService<ArtifactFolders>().List(path, model).ToArray();
        return MLflowAnswer.Of(json => json.WriteList("files", entries, Write));
    }

    private static void Write(Utf8JsonWriter json, ArtifactEntry entry)
    {
        json.WriteString("path", entry.Name);
        json.WriteBoolean("is_dir", entry.SizeBytes is null);
        if (entry.SizeBytes is { } size) json.WriteNumber("file_size", size);
    }

    private static async Task<IResult> DownloadAsync(MLflowCall call)
    {
        var text = (string?)call.Http.GetRouteValue("path") ?? "";
        var (path, model) = await FindAsync(call, text);
        var file = call.Http.RequestServices.GetRequiredService<ArtifactFolders>().Locate(path, model);
        return File.Exists(file)
            // As a download: what somebody uploaded must not become a page of ours.
            ? TypedResults.PhysicalFile(file, "application/octet-stream", Path.GetFileName(file), enableRangeProcessing: true)
            : throw MLflowException.NotFound($"There is no artifact '{text}'.");
    }

    private static async Task<IResult> UploadAsync(MLflowCall call)
    {
        var (path, model) = await FindAsync(call, (string?)call.Http.GetRouteValue("path") ?? "");
        if (path.Names.Count == 0) throw MLflowException.Invalid("The path names no file.");
        BodyRate.Patient(call.Http);
        if ((path.RunId ?? model?.SourceRunId) is { } run) await call.RequireReportAsync(run);
        var services = call.Http.RequestServices;
        // What is uploaded for a model may be a checkpoint: those of a job lie together.
        if (model?.SourceRunId is { } source) await services.GetRequiredService<UploadHost>().RequireAsync(source, call.Cancellation);
        var file = services.GetRequiredService<ArtifactFolders>().Locate(path, model);
        await services.GetRequiredService<ArtifactUpload>().SaveAsync(call.Http.Request.Body, call.Http.Request.ContentLength, file, call.Cancellation);
        return Results.Ok();
    }

    /// <summary>Finds out what a path is of. Only what is there has artifacts, and only for whom may know of it.</summary>
    private static async Task<(ArtifactPath Path, LoggedModel? Model)> FindAsync(MLflowCall call, string text)
    {
        if (!ArtifactPath.TryParse(text, out var path)) throw MLflowException.Invalid($"Invalid path '{text}': it must be EXPERIMENT/RUN/artifacts/… or EXPERIMENT/models/MODEL/artifacts/…");
        if (path.RunId is { } runId)
        {
            var run = await call.RunAsync(runId, RunParts.None);
            return run.ExperimentId == path.ExperimentId ? (path, null) : throw MLflowException.NoRun(runId);
        }

        return await call.Tracking.Models.FindAsync(path.ModelId!, call.Cancellation) is { } model
            && model.ExperimentId == path.ExperimentId && await LoggedModelsApi.MayReadAsync(call, model)
            ? (path, model)
            : throw MLflowException.NotFound($"Logged model with ID '{path.ModelId}' not found.");
    }
}
