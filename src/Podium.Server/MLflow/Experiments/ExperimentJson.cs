using System.Globalization;
using System.Text.Json;
using Podium.Server.MLflow.Calls;
using Podium.Storage.Tracking;

namespace Podium.Server.MLflow.Experiments;

/// <summary>An experiment as MLflow writes it.</summary>
internal static class ExperimentJson
{
    /// <summary>A number of an experiment: a text on the wire.</summary>
    public static string IdOf(long id) => id.ToString(CultureInfo.InvariantCulture);

    /// <summary>Where the artifacts of an experiment go.</summary>
    public static string LocationOf(long id, string? location) => location ?? $"mlflow-artifacts:/{IdOf(id)}";

    public static void Write(Utf8JsonWriter json, Experiment experiment)
    {
        json.WriteString("experiment_id", IdOf(experiment.ExperimentId));
        json.WriteString("name", experiment.Name);
        json.WriteString("artifact_location", LocationOf(experiment.ExperimentId, experiment.ArtifactLocation));
        json.WriteString("lifecycle_stage", experiment.LifecycleStage);
        json.WriteNumber("last_update_time", experiment.UpdatedAt);
        json.WriteNumber("creation_time", experiment.CreatedAt);
        json.WritePairs("tags", experiment.Tags);
    }
}
