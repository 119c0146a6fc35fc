using Podium.Server.MLflow.Calls;
using Podium.Server.MLflow.Experiments;
using Podium.Server.MLflow.Search;
using Podium.Storage.Tracking;

namespace Podium.Server.MLflow.Runs;

/// <summary><c>runs/search</c>.</summary>
internal static class RunSearchApi
{
    private const int UsualResults = 1000;
    private const int MostResults = 50_000;

    private static readonly (SearchKind Kind, RunParts Part)[] Costs = [(SearchKind.Tag, RunParts.Tags), (SearchKind.Param, RunParts.Params), (SearchKind.Metric, RunParts.Metrics)];

    public static void MapRunSearch(this IEndpointRouteBuilder calls) => calls.MapRead("POST", "/runs/search", async call =>
    {
        var fields = await call.FieldsAsync();
        var most = fields.MaxResults(UsualResults, MostResults);
        var filter = Filter.Parse(fields.Text("filter"), SearchFields.OfRuns);
        var order = SortOrder.Parse(fields.Texts("order_by"), SearchFields.OfRuns);
        var listed = (await call.Tracking.Runs.ListAsync(fields.Experiments("experiment_ids"), ViewTypes.Of(fields.Text("run_view_type")), call.Cancellation)).Where(call.MayRead);
        var found = await FindAsync(call, listed, filter, order);
        var page = Page.Of(order.Sort(found, ValueOf), fields.Text("page_token"), most);
        var runs = await call.Tracking.Runs.FillAsync(page.Items, RunParts.All, call.Cancellation);
        return MLflowAnswer.Of(json =>
        {
            json.WriteList("runs", runs, RunJson.Write);
            json.WriteIfAny("next_page_token", page.NextToken);
        });
    });

    /// <summary>Reads of many runs no more than the filter asks for, the cheapest first: what is left out by that is not read further.</summary>
    private static async Task<IReadOnlyList<TrackedRun>> FindAsync(MLflowCall call, IEnumerable<TrackedRun> listed, Filter filter, SortOrder order)
    {
        IReadOnlyList<TrackedRun> runs = [.. listed.Where(run => filter.Matches(field => ValueOf(run, field), field => field.Kind == SearchKind.Attribute))];
        foreach (var (kind, part) in Costs)
        {
            if (!filter.Kinds.Contains(kind) && !order.Kinds.Contains(kind)) continue;
            var filled = await call.Tracking.Runs.FillAsync(runs, part, call.Cancellation);
            runs = [.. filled.Where(run => filter.Matches(field => ValueOf(run, field), field => field.Kind == kind))];
        }

        return runs;
    }

    private static object? ValueOf(TrackedRun run, SearchField field) => field switch
    {
        { Kind: SearchKind.Metric } => MetricOf(run, field.Key),
        { Kind: SearchKind.Param } => PairValue.Of(run.Params, field.Key),
        { Kind: SearchKind.Tag } => PairValue.Of(run.Tags, field.Key),
        { Key: "run_id" } => run.RunId,
        { Key: "run_name" } => run.Name,
        { Key: "status" } => RunStatus.Of(run.Status),
        { Key: "user_id" } => run.UserId,
        { Key: "artifact_uri" } => RunJson.ArtifactUriOf(run),
        { Key: "experiment_id" } => ExperimentJson.IdOf(run.ExperimentId),
        { Key: "start_time" } => (double)run.StartTime,
        { Key: "end_time" } => (double?)run.EndTime,
        _ => null,
    };

    private static double? MetricOf(TrackedRun run, string key)
    {
        foreach (var point in run.Metrics)
            if (point.Key == key)
                return point.Value;

        return null;
    }
}
