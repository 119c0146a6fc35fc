using Podium.Server.MLflow.Calls;
using Podium.Server.MLflow.Experiments;
using Podium.Server.MLflow.Search;
using Podium.Storage.Tracking;

namespace Podium.Server.MLflow.Models;

/// <summary><c>logged-models/search</c>.</summary>
internal static class LoggedModelSearchApi
{
    private const int UsualResults = 100;
    private const int MostResults = 10_000;

    public static void MapLoggedModelSearch(this IEndpointRouteBuilder calls) => calls.MapRead("POST", "/logged-models/search", async call =>
    {
        var fields = await call.FieldsAsync();
        var most = fields.MaxResults(UsualResults, MostResults);
        var filter = Filter.Parse(fields.Text("filter"), SearchFields.OfModels);
        var order = SortOrder.Parse(OrderOf(fields), SearchFields.OfModels);
        List<LoggedModel> found = [];
        foreach (var model in await call.Tracking.Models.ListAsync(fields.Experiments("experiment_ids"), call.Cancellation))
            if (filter.Matches(field => ValueOf(model, field)) && await LoggedModelsApi.MayReadAsync(call, model))
                found.Add(model);
        var page = Page.Of(order.Sort(found, ValueOf), fields.Text("page_token"), most);
        return MLflowAnswer.Of(json =>
        {
            json.WriteList("models", page.Items, LoggedModelJson.Write);
            json.WriteIfAny("next_page_token", page.NextToken);
        });
    });

    /// <summary>Here, and only here, the order comes as objects.</summary>
    private static List<string> OrderOf(MLflowFields fields) =>
    [
        .. fields.Objects("order_by").Select(order =>
            $"{(order.TryGetProperty("field_name", out var name) ? name.GetString() : "")} {(order.TryGetProperty("ascending", out var up) && up.ValueKind == System.Text.Json.JsonValueKind.False ? "DESC" : "ASC")}"),
    ];

    private static object? ValueOf(LoggedModel model, SearchField field) => field switch
    {
        { Kind: SearchKind.Param } => PairValue.Of(model.Params, field.Key),
        { Kind: SearchKind.Tag } => PairValue.Of(model.Tags, field.Key),
        { Key: "name" } => model.Name,
        { Key: "model_id" } => model.ModelId,
        { Key: "model_type" } => model.ModelType,
        { Key: "status" } => model.Status,
        { Key: "source_run_id" } => model.SourceRunId,
        { Key: "experiment_id" } => ExperimentJson.IdOf(model.ExperimentId),
        { Key: "creation_timestamp" } => (double)model.CreatedAt,
        { Key: "last_updated_timestamp" } => (double)model.UpdatedAt,
        _ => null,
    };
}
