using System.Globalization;
using System.Text;

namespace Podium.Load.Client;

/// <summary>Bodies as trainers send them: numbers with all their digits, several metrics a step.</summary>
internal static class Bodies
{
    /// <summary>What a trainer logs at a step.</summary>
    public static string[] Usual { get; } = ["loss", "grad_norm", "learning_rate", "epoch"];

    /// <summary>A report of the server's own API.</summary>
    public static Message Report(Uri server, string? token, string job, int entries, params string[] metrics)
    {
        var random = new Random(entries);
        var body = new StringBuilder($"{{\"job_id\":\"{job}\",\"metrics\":[");
        for (var i = 0; i < entries; i++)
        {
            body.Append(i > 0 ? "," : "").Append($"{{\"step\":{Message.Step}");
            foreach (var metric in metrics) body.Append(CultureInfo.InvariantCulture, $",\"{metric}\":{random.NextDouble():R}");
            body.Append('}');
        }

        return Message.Of(server, token, "POST", "/api/training/local/metrics", body.Append("]}").ToString(), [.. Enumerable.Range(0, entries)], entries * metrics.Length);
    }

    /// <summary>A batch of the MLflow protocol.</summary>
    public static Message MLflowBatch(Uri server, string? token, string run, int entries, params string[] metrics)
    {
        var random = new Random(entries);
        var body = new StringBuilder($"{{\"run_id\":\"{run}\",\"metrics\":[");
        for (var i = 0; i < entries * metrics.Length; i++)
            body.Append(i > 0 ? "," : "").Append(CultureInfo.InvariantCulture, $"{{\"key\":\"{metrics[i % metrics.Length]}\",\"value\":{random.NextDouble():R},\"timestamp\":{Time + i / metrics.Length},\"step\":{Message.Step}}}");
        return Message.Of(server, token, "POST", "/api/2.0/mlflow/runs/log-batch", body.Append("],\"params\":[],\"tags\":[]}").ToString(), [.. Enumerable.Range(0, entries * metrics.Length).Select(i => i / metrics.Length)], entries * metrics.Length);
    }

    /// <summary>A single metric of the MLflow protocol.</summary>
    public static Message MLflowMetric(Uri server, string? token, string run, string metric) => Message.Of(
        server, token, "POST", "/api/2.0/mlflow/runs/log-metric", $"{{\"run_id\":\"{run}\",\"key\":\"{metric}\",\"value\":0.31415926535897931,\"timestamp\":{Time},\"step\":{Message.Step}}}", [0], 1);

    // Any time will do.
    private const long Time = 1_767_225_600_000;
}
