using System.Data.Common;
using Dapper;
using Podium.Storage.Databases;
using Podium.Storage.Writing;

namespace Podium.Storage.Tracking;

/// <summary>Logged models: making, changing and reading them.</summary>
/// <remarks>What a method has returned from is on disk. Safe for use by several threads at once.</remarks>
public sealed class LoggedModelStore
{
    private const string Select =
        """
        SELECT m.model_id AS ModelId, m.experiment_id AS ExperimentId, m.name AS Name, m.model_type AS ModelType, m.source_run_id AS SourceRunId, m.status AS Status,
          m.status_message AS StatusMessage, m.created_at AS CreatedAt, m.updated_at AS UpdatedAt, m.checkpoint_path AS CheckpointPath, e.artifact_location AS ArtifactLocation
        FROM logged_models m JOIN experiments e ON e.experiment_id = m.experiment_id
        """;

    private readonly Database _database;
    private readonly Writer _writer;
    private readonly TimeProvider _time;

    internal LoggedModelStore(Database database, Writer writer, TimeProvider time)
    {
        _database = database;
        _writer = writer;
        _time = time;
    }

    /// <summary>Makes a model. What its source run says of where it came from (the tags <c>mlflow.source.*</c> and <c>mlflow.user</c>) is said of it too.</summary>
    /// <param name="model">The model; its times are set here.</param>
    /// <returns>Null where it was made; refused where its experiment is not there.</returns>
    public Task<TrackingRefusal?> CreateAsync(LoggedModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var now = Now();
        return _writer.WriteAsync(model.SourceRunId, 0, scope =>
        {
            switch (ExperimentStore.StageOf(model.ExperimentId, scope.Connection, scope.Transaction))
            {
                case null: return TrackingRefusal.NoExperiment(model.ExperimentId);
                case LifecycleStage.Deleted: return TrackingRefusal.ExperimentNot(LifecycleStage.Active, model.ExperimentId, LifecycleStage.Deleted);
            }

            scope.Connection.Execute(
                """
                INSERT INTO logged_models (model_id, experiment_id, name, model_type, source_run_id, status, created_at, updated_at)
                VALUES (@ModelId, @ExperimentId, @Name, @ModelType, @SourceRunId, @Status, @now, @now)
                """,
                new { model.ModelId, model.ExperimentId, model.Name, model.ModelType, model.SourceRunId, model.Status, now },
                scope.Transaction);
            if (model.SourceRunId is { } run)
            {
                var inherited = KeyValueTable.RunTags.Of(run, scope.Connection, scope.Transaction)
                    .Where(tag => tag.Key is "mlflow.user" || tag.Key.StartsWith("mlflow.source.", StringComparison.Ordinal));
                KeyValueTable.ModelTags.Write(model.ModelId, inherited, scope.Connection, scope.Transaction);
            }

            KeyValueTable.ModelTags.Write(model.ModelId, model.Tags, scope.Connection, scope.Transaction);
            KeyValueTable.ModelParams.Write(model.ModelId, model.Params, scope.Connection, scope.Transaction);
            return null;
        });
    }

    /// <summary>Adds params to a model.</summary>
    public Task<TrackingRefusal?> AddParamsAsync(string id, IReadOnlyList<KeyValuePair<string, string>> added) =>
        OfModel(id, scope => KeyValueTable.ModelParams.Write(id, added, scope.Connection, scope.Transaction));

    /// <summary>Sets tags of a model.</summary>
    public Task<TrackingRefusal?> SetTagsAsync(string id, IReadOnlyList<KeyValuePair<string, string>> tags) =>
        OfModel(id, scope => KeyValueTable.ModelTags.Write(id, tags, scope.Connection, scope.Transaction));

    /// <summary>Deletes a tag of a model; there need not be one.</summary>
    public Task<TrackingRefusal?> DeleteTagAsync(string id, string key) =>
        OfModel(id, scope => KeyValueTable.ModelTags.Delete(id, key, scope.Connection, scope.Transaction));

    /// <summary>Says how far a model is.</summary>
    public Task<TrackingRefusal?> SetStatusAsync(string id, string status, string? message)
    {
        var now = Now();
        return OfModel(id, scope => scope.Connection.Execute(
            "UPDATE logged_models SET status = @status, status_message = @message, updated_at = @now WHERE model_id = @id", new { id, status, message, now }, scope.Transaction));
    }

    /// <summary>Says whose files a checkpoint of a job has now: a model's that came before it has no longer any there.</summary>
    /// <param name="id">The model; null: no model's.</param>
    /// <param name="runId">The job.</param>
    /// <param name="checkpoint">The checkpoint's path.</param>
    public Task<TrackingRefusal?> HoldCheckpointAsync(string? id, string runId, string checkpoint) => _writer.WriteAsync<TrackingRefusal?>(runId, 0, scope =>
    {
        scope.Connection.Execute("UPDATE logged_models SET checkpoint_path = NULL WHERE source_run_id = @runId AND checkpoint_path = @checkpoint", new { runId, checkpoint }, scope.Transaction);
        if (id is not null) scope.Connection.Execute("UPDATE logged_models SET checkpoint_path = @checkpoint WHERE model_id = @id", new { id, checkpoint }, scope.Transaction);
        return null;
    });

    /// <summary>Deletes a model. Its files stay, and a checkpoint that it was stays one of its job.</summary>
    public Task<TrackingRefusal?> DeleteAsync(string id)
    {
        var now = Now();
        return OfModel(id, scope => scope.Connection.Execute("UPDATE logged_models SET deleted_at = @now WHERE model_id = @id", new { id, now }, scope.Transaction));
    }

    /// <summary>Reads a model.</summary>
    /// <returns>Null where there is none, or it was deleted.</returns>
    public async Task<LoggedModel?> FindAsync(string id, CancellationToken cancellation) =>
        (await ReadAsync("m.model_id = @id AND m.deleted_at IS NULL", new { id }, cancellation)).SingleOrDefault();

    /// <summary>Reads the model whose files a checkpoint of a job has, also a deleted one.</summary>
    /// <returns>Null where these came by no model.</returns>
    public async Task<LoggedModel?> FindHolderAsync(string runId, string checkpoint, CancellationToken cancellation) =>
        (await ReadAsync("m.source_run_id = @runId AND m.checkpoint_path = @checkpoint", new { runId, checkpoint }, cancellation)).SingleOrDefault();

    /// <summary>Reads the models of experiments, the newest first.</summary>
    public async Task<IReadOnlyList<LoggedModel>> ListAsync(IReadOnlyCollection<long> experiments, CancellationToken cancellation)
    {
        List<LoggedModel> models = [];
        foreach (var (list, parameters) in OneOf.Of(experiments)) models.AddRange(await ReadAsync($"m.experiment_id IN {list} AND m.deleted_at IS NULL", parameters, cancellation));
        models.Sort((one, other) => one.CreatedAt != other.CreatedAt ? other.CreatedAt.CompareTo(one.CreatedAt) : string.CompareOrdinal(one.ModelId, other.ModelId));
        return models;
    }

    private async Task<List<LoggedModel>> ReadAsync(string where, object parameters, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenReaderAsync(cancellation);
        var models = (await connection.QueryAsync<LoggedModel>(new CommandDefinition($"{Select} WHERE {where}", parameters, cancellationToken: cancellation))).AsList();
        var ids = models.ConvertAll(model => model.ModelId);
        var values = await KeyValueTable.ModelParams.ReadAsync(ids, connection, cancellation);
        var tags = await KeyValueTable.ModelTags.ReadAsync(ids, connection, cancellation);
        return models.ConvertAll(model => model with { Params = [.. values[model.ModelId]], Tags = [.. tags[model.ModelId]] });
    }

    private Task<TrackingRefusal?> OfModel(string id, Action<WriteScope> change) => _writer.WriteAsync(null, 0, scope =>
    {
        if (!IsThere(id, scope.Connection, scope.Transaction)) return TrackingRefusal.NoModel(id);
        change(scope);
        return null;
    });

    private static bool IsThere(string id, DbConnection connection, DbTransaction transaction) =>
        connection.ExecuteScalar<long>("SELECT COUNT(*) FROM logged_models WHERE model_id = @id AND deleted_at IS NULL", new { id }, transaction) > 0;

    private long Now() => _time.GetUtcNow().ToUnixTimeMilliseconds();
}
