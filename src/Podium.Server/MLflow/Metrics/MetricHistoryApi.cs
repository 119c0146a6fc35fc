using System.Globalization;
using Podium.Server.MLflow.Calls;
using Podium.Server.MLflow.Search;
using Podium.Storage.Tracking;

namespace Podium.Server.MLflow.Metrics;

/// <summary><c>metrics/get-history</c>: all that came of a metric, in the order in which it came.</summary>
internal static class MetricHistoryApi
{
    private const int MostResults = 1_000_000;

    public static void MapMetricHistory(this IEndpointRouteBuilder calls) => calls.MapRead("GET", "/metrics/get-history", async call =>
    {
        var fields = await call.FieldsAsync();
        var run = await call.RunAsync(fields.RunId, RunParts.None);
        var key = fields.Required("metric_key");
        // Without a number all are wanted, as in the original.
        var most = fields.Whole("max_results") is null ? int.MaxValue : fields.MaxResults(MostResults, MostResults);
        var (points, next) = await call.Tracking.Metrics.ReadAsync(run.RunId, key, Page.PlaceOf(fields.Text("page_token")), most, call.Cancellation);
        return MLflowAnswer.Of(json =>
        {
            json.WriteList("metrics", points, MetricJson.Write);
            json.WriteIfAny("next_page_token", next?.ToString(CultureInfo.InvariantCulture));
        });
    });
}
