using Podium.Server.MLflow.Calls;
using Podium.Server.MLflow.Names;
using Podium.Server.MLflow.Search;
using Podium.Storage.Tracking;

namespace Podium.Server.MLflow.Experiments;

/// <summary><c>experiments/…</c>. To a job's own token any name is that of the job's experiment.</summary>
internal static class ExperimentsApi
{
    private const int UsualResults = 1000;
    private const int MostResults = 50_000;

    public static void MapExperiments(this IEndpointRouteBuilder calls)
    {
        calls.MapRead("GET", "/experiments/get", GetAsync);
        calls.MapRead("GET", "/experiments/get-by-name", GetByNameAsync);
        calls.MapRead("GET", "/experiments/search", SearchAsync);
        calls.MapRead("POST", "/experiments/search", SearchAsync);
        calls.MapChange("POST", "/experiments/create", CreateAsync);
        calls.MapChange("POST", "/experiments/update", call => ChangeAsync(call, (id, fields) => call.Tracking.Experiments.RenameAsync(id, NameOf(fields, "new_name"))));
        calls.MapChange("POST", "/experiments/delete", call => ChangeAsync(call, (id, _) => call.Tracking.Experiments.DeleteAsync(id)));
        calls.MapChange("POST", "/experiments/restore", call => ChangeAsync(call, (id, _) => call.Tracking.Experiments.RestoreAsync(id)));
        calls.MapChange("POST", "/experiments/delete-experiment-tag", call => ChangeAsync(call, (id, fields) => call.Tracking.Experiments.DeleteTagAsync(id, fields.Required("key"))));
        calls.MapChange("POST", "/experiments/set-experiment-tag", call => ChangeAsync(call, (id, fields) =>
        {
            var key = fields.Required("key");
            NameRules.CheckKey(key, "Tag");
            return call.Tracking.Experiments.SetTagAsync(id, key, NameRules.CutTag(fields.Text("value") ?? ""));
        }));
    }

    private static async Task<IResult> GetAsync(MLflowCall call)
    {
        var text = (await call.FieldsAsync()).Required("experiment_id");
        var id = (await call.FieldsAsync()).Experiment()!.Value;
        return await call.OwnExperimentAsync() is { } own && own != id || await call.Tracking.Experiments.FindAsync(id, call.Cancellation) is not { } experiment
            ? throw MLflowException.NotFound($"No Experiment with id={text} exists")
            : Answer(experiment);
    }

    private static async Task<IResult> GetByNameAsync(MLflowCall call)
    {
        var name = (await call.FieldsAsync()).Required("experiment_name");
        var experiment = await call.OwnExperimentAsync() is { } own
            ? await call.Tracking.Experiments.FindAsync(own, call.Cancellation)
            : await call.Tracking.Experiments.FindAsync(name, call.Cancellation);
        return experiment is null ? throw MLflowException.NotFound($"Could not find experiment with name '{name}'") : Answer(experiment);
    }

    private static async Task<IResult> CreateAsync(MLflowCall call)
    {
        var fields = await call.FieldsAsync();
        var name = NameOf(fields, "name");
        var tags = fields.Pairs("tags");
        NameRules.CheckKeys(tags, "Tag");
        if (await call.OwnExperimentAsync() is { } own) return Created(own);
        var made = await call.Tracking.Experiments.CreateAsync(name, fields.Text("artifact_location") is { Length: > 0 } location ? location.TrimEnd('/') : null, NameRules.CutTags(tags));
        MLflowException.ThrowIf(made.Refusal);
        return Created(made.Value);
    }

    private static async Task<IResult> SearchAsync(MLflowCall call)
    {
        var fields = await call.FieldsAsync();
        var most = fields.MaxResults(UsualResults, MostResults);
        var filter = Filter.Parse(fields.Text("filter"), SearchFields.OfExperiments);
        var order = SortOrder.Parse(fields.Texts("order_by"), SearchFields.OfExperiments);
        var own = await call.OwnExperimentAsync();
        var found = (await call.Tracking.Experiments.ListAsync(ViewTypes.Of(fields.Text("view_type")), call.Cancellation))
            .Where(experiment => (own is null || own == experiment.ExperimentId) && filter.Matches(field => ValueOf(experiment, field)));
        var page = Page.Of(order.Sort(found, ValueOf), fields.Text("page_token"), most);
        return MLflowAnswer.Of(json =>
        {
            json.WriteList("experiments", page.Items, ExperimentJson.Write);
            json.WriteIfAny("next_page_token", page.NextToken);
        });
    }

    private static object? ValueOf(Experiment experiment, SearchField field) => field switch
    {
        { Kind: SearchKind.Tag } => PairValue.Of(experiment.Tags, field.Key),
        { Key: "name" } => experiment.Name,
        { Key: "experiment_id" } => (double)experiment.ExperimentId,
        { Key: "creation_time" } => (double)experiment.CreatedAt,
        { Key: "last_update_time" } => (double)experiment.UpdatedAt,
        _ => null,
    };

    private static async Task<IResult> ChangeAsync(MLflowCall call, Func<long, MLflowFields, Task<TrackingRefusal?>> change)
    {
        var fields = await call.FieldsAsync();
        fields.Required("experiment_id");
        // One experiment holds the runs of many: a job's own token is not for that.
        if (call.Caller.JobId is not null) throw MLflowException.Forbidden("A job's own token may not change experiments.");
        MLflowException.ThrowIf(await change(fields.Experiment()!.Value, fields));
        // An experiment is of no job, whose events could say it.
        call.Http.RequestServices.GetRequiredService<ExperimentTrail>().Changed(fields.Experiment()!.Value, call.Http.Request.Path.Value![(call.Http.Request.Path.Value!.LastIndexOf('/') + 1)..], call.Caller.Name);
        return MLflowAnswer.Done;
    }

    private static string NameOf(MLflowFields fields, string field)
    {
        var name = fields.Required(field);
        return name.Length > NameRules.LongestExperiment ? throw NameRules.TooLong("Experiment name", NameRules.LongestExperiment) : name;
    }

    private static MLflowAnswer Created(long id) => MLflowAnswer.Of(json => json.WriteString("experiment_id", ExperimentJson.IdOf(id)));

    private static MLflowAnswer Answer(Experiment experiment) => MLflowAnswer.Of(json =>
    {
        json.WriteStartObject("experiment");
        ExperimentJson.Write(json, experiment);
        json.WriteEndObject();
    });
}
