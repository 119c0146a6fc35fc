using System.Text.Json;
using Podium.Server.MLflow.Calls;
using Podium.Server.MLflow.Experiments;
using Podium.Server.MLflow.Metrics;
using Podium.Storage.Tracking;

namespace Podium.Server.MLflow.Runs;

/// <summary>A run as MLflow writes it.</summary>
internal static class RunJson
{
    /// <summary>Where the artifacts of a run go.</summary>
    public static string ArtifactUriOf(TrackedRun run) => $"{ExperimentJson.LocationOf(run.ExperimentId, run.ArtifactLocation)}/{run.RunId}/artifacts";

    public static void WriteInfo(Utf8JsonWriter json, TrackedRun run)
    {
        json.WriteString("run_id", run.RunId);
        json.WriteString("run_uuid", run.RunId);
        json.WriteString("experiment_id", ExperimentJson.IdOf(run.ExperimentId));
        json.WriteString("run_name", run.Name ?? run.RunId);
        json.WriteString("user_id", run.UserId);
        json.WriteString("status", RunStatus.Of(run.Status));
        json.WriteNumber("start_time", run.StartTime);
        if (run.EndTime is { } end) json.WriteNumber("end_time", end);
        json.WriteString("artifact_uri", ArtifactUriOf(run));
        json.WriteString("lifecycle_stage", run.LifecycleStage);
    }

    /// <summary>Writes all of a run.</summary>
    public static void Write(Utf8JsonWriter json, TrackedRun run)
    {
        json.WriteStartObject("info");
        WriteInfo(json, run);
        json.WriteEndObject();

        json.WriteStartObject("data");
        json.WriteList("metrics", run.Metrics, MetricJson.Write);
        json.WritePairs("params", run.Params);
        json.WritePairs("tags", run.Tags);
        json.WriteEndObject();

        json.WriteStartObject("inputs");
        WriteLinks(json, "dataset_inputs", run, RunLink.Dataset);
        WriteLinks(json, "model_inputs", run, RunLink.Model);
        json.WriteEndObject();

        json.WriteStartObject("outputs");
        WriteLinks(json, "model_outputs", run, RunLink.Output);
        json.WriteEndObject();
    }

    private static void WriteLinks(Utf8JsonWriter json, string name, TrackedRun run, string kind)
    {
        var links = run.Links.Where(link => link.Kind == kind).ToArray();
        if (links.Length == 0) return;
        json.WriteStartArray(name);
        foreach (var link in links) json.WriteRawValue(link.Data);
        json.WriteEndArray();
    }
}
