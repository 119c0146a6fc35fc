using System.Text.Json;
using Podium.Server.MLflow.Calls;
using Podium.Server.MLflow.Experiments;
using Podium.Storage.Tracking;

namespace Podium.Server.MLflow.Models;

/// <summary>A logged model as MLflow writes it.</summary>
internal static class LoggedModelJson
{
    public static MLflowAnswer Answer(LoggedModel model) => MLflowAnswer.Of(json =>
    {
        json.WriteStartObject("model");
        Write(json, model);
        json.WriteEndObject();
    });

    public static void Write(Utf8JsonWriter json, LoggedModel model)
    {
        json.WriteStartObject("info");
        json.WriteString("model_id", model.ModelId);
        json.WriteString("experiment_id", ExperimentJson.IdOf(model.ExperimentId));
        json.WriteString("name", model.Name);
        json.WriteNumber("creation_timestamp_ms", model.CreatedAt);
        json.WriteNumber("last_updated_timestamp_ms", model.UpdatedAt);
        json.WriteString("artifact_uri", $"{ExperimentJson.LocationOf(model.ExperimentId, model.ArtifactLocation)}/models/{model.ModelId}/artifacts");
        json.WriteString("status", model.Status);
        json.WriteIfAny("status_message", model.StatusMessage);
        json.WriteString("model_type", model.ModelType);
        json.WriteIfAny("source_run_id", model.SourceRunId);
        json.WritePairs("tags", model.Tags);
        json.WriteEndObject();

        json.WriteStartObject("data");
        json.WritePairs("params", model.Params);
        json.WriteEndObject();
    }
}
