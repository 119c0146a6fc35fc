using System.Text.Json;
using Podium.Server.MLflow.Calls;
using Podium.Storage.Points;

namespace Podium.Server.MLflow.Metrics;

/// <summary>A point as MLflow writes it.</summary>
internal static class MetricJson
{
    public static void Write(Utf8JsonWriter json, StoredPoint point)
    {
        json.WriteString("key", point.Key);
        json.WriteDouble("value", point.Value);
        json.WriteNumber("timestamp", point.Time ?? 0);
        json.WriteNumber("step", point.Step);
    }
}
