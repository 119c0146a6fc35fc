using System.Data.Common;
using Dapper;
using Podium.Storage.Databases;
using Podium.Storage.Writing;

namespace Podium.Storage.Tracking;

/// <summary>Experiments: making, changing and reading them.</summary>
/// <remarks>What a method has returned from is on disk. Safe for use by several threads at once.</remarks>
public sealed class ExperimentStore
{
    private const string Columns = "experiment_id AS ExperimentId, name AS Name, artifact_location AS ArtifactLocation, lifecycle_stage AS LifecycleStage, created_at AS CreatedAt, updated_at AS UpdatedAt";

    private readonly Database _database;
    private readonly Writer _writer;
    private readonly ActiveRuns _active;
    private readonly TimeProvider _time;

    internal ExperimentStore(Database database, Writer writer, ActiveRuns active, TimeProvider time)
    {
        _database = database;
        _writer = writer;
        _active = active;
        _time = time;
    }

    /// <summary>Makes an experiment.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="artifactLocation">Where its artifacts go; null: to the server.</param>
    /// <param name="tags">Its tags.</param>
    /// <returns>Its number; refused where one of this name is there, or was deleted.</returns>
    public Task<Tracked<long>> CreateAsync(string name, string? artifactLocation, IReadOnlyList<KeyValuePair<string, string>> tags)
    {
        var now = Now();
        return _writer.WriteAsync(null, 0, scope =>
        {
            var id = scope.Connection.ExecuteScalar<long?>(
                """
                INSERT INTO experiments (name, artifact_location, lifecycle_stage, created_at, updated_at)
                VALUES (@name, @artifactLocation, 'active', @now, @now) ON CONFLICT (name) DO NOTHING RETURNING experiment_id
                """,
                new { name, artifactLocation, now },
                scope.Transaction);
            if (id is not { } made) return Tracked<long>.Refused(AlreadyThere(name));
            KeyValueTable.ExperimentTags.Write(made, tags, scope.Connection, scope.Transaction);
            return Tracked<long>.Of(made);
        });
    }

    /// <summary>Gives an active experiment another name.</summary>
    public Task<TrackingRefusal?> RenameAsync(long id, string name) => Change(id, LifecycleStage.Active, (scope, now) =>
    {
        // Asked before it is done: a statement that fails gives up the whole transaction on PostgreSQL.
        var taken = scope.Connection.ExecuteScalar<long?>("SELECT experiment_id FROM experiments WHERE name = @name AND experiment_id <> @id", new { name, id }, scope.Transaction);
        if (taken is not null) return AlreadyThere(name);
        scope.Connection.Execute("UPDATE experiments SET name = @name, updated_at = @now WHERE experiment_id = @id", new { id, name, now }, scope.Transaction);
        return null;
    });

    /// <summary>Sets a tag of an active experiment.</summary>
    public Task<TrackingRefusal?> SetTagAsync(long id, string key, string value) => Change(id, LifecycleStage.Active, (scope, _) =>
    {
        KeyValueTable.ExperimentTags.Write(id, [new(key, value)], scope.Connection, scope.Transaction);
        return null;
    });

    /// <summary>Deletes a tag of an active experiment.</summary>
    public Task<TrackingRefusal?> DeleteTagAsync(long id, string key) => Change(id, LifecycleStage.Active, (scope, _) =>
        KeyValueTable.ExperimentTags.Delete(id, key, scope.Connection, scope.Transaction)
            ? null
            : new TrackingRefusal(TrackingRefusalReason.NotFound, $"No tag with name: {key} in experiment with id {id}"));

    /// <summary>Deletes an experiment with its runs, so that both can be restored.</summary>
    public Task<TrackingRefusal?> DeleteAsync(long id) => Move(id, LifecycleStage.Active, LifecycleStage.Deleted);

    /// <summary>Restores an experiment with its runs.</summary>
    public Task<TrackingRefusal?> RestoreAsync(long id) => Move(id, LifecycleStage.Deleted, LifecycleStage.Active);

    /// <summary>Reads an experiment, also a deleted one.</summary>
    /// <returns>Null where there is none.</returns>
    public async Task<Experiment?> FindAsync(long id, CancellationToken cancellation) =>
        (await ReadAsync("WHERE experiment_id = @id", new { id }, cancellation)).SingleOrDefault();

    /// <summary>Reads an experiment by its name, also a deleted one.</summary>
    /// <returns>Null where there is none.</returns>
    public async Task<Experiment?> FindAsync(string name, CancellationToken cancellation) =>
        (await ReadAsync("WHERE name = @name", new { name }, cancellation)).SingleOrDefault();

    /// <summary>Reads all experiments, the newest first.</summary>
    public Task<IReadOnlyList<Experiment>> ListAsync(LifecycleView view, CancellationToken cancellation) =>
        ReadAsync(view == LifecycleView.All ? "" : "WHERE lifecycle_stage = @stage", new { stage = view == LifecycleView.Active ? LifecycleStage.Active : LifecycleStage.Deleted }, cancellation);

    internal static string? StageOf(long id, DbConnection connection, DbTransaction transaction) =>
        connection.QuerySingleOrDefault<string>("SELECT lifecycle_stage FROM experiments WHERE experiment_id = @id", new { id }, transaction);

    private static TrackingRefusal AlreadyThere(string name) => new(TrackingRefusalReason.AlreadyExists, $"Experiment(name={name}) already exists.");

    private async Task<IReadOnlyList<Experiment>> ReadAsync(string where, object parameters, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenReaderAsync(cancellation);
        var experiments = (await connection.QueryAsync<Experiment>(new CommandDefinition(
            $"SELECT {Columns} FROM experiments {where} ORDER BY created_at DESC, experiment_id DESC", parameters, cancellationToken: cancellation))).AsList();
        var tags = await KeyValueTable.ExperimentTags.ReadAsync(experiments.Select(experiment => experiment.ExperimentId), connection, cancellation);
        return experiments.ConvertAll(experiment => experiment with { Tags = [.. tags[experiment.ExperimentId]] });
    }

    private Task<TrackingRefusal?> Move(long id, string from, string to) => Change(id, from, (scope, now) =>
    {
        scope.Connection.Execute("UPDATE experiments SET lifecycle_stage = @to, updated_at = @now WHERE experiment_id = @id", new { id, to, now }, scope.Transaction);
        if (id == 0)
        {
            // Runs without a row of their own are of this experiment too.
            scope.Connection.Execute(
                "INSERT INTO tracked_runs (job_id) SELECT j.job_id FROM local_training_jobs j WHERE NOT EXISTS (SELECT 1 FROM tracked_runs t WHERE t.job_id = j.job_id)",
                transaction: scope.Transaction);
        }

        scope.Connection.Execute("UPDATE tracked_runs SET lifecycle_stage = @to WHERE experiment_id = @id", new { id, to }, scope.Transaction);
        _active.Clear();
        return null;
    });

    private Task<TrackingRefusal?> Change(long id, string wanted, Func<WriteScope, long, TrackingRefusal?> change)
    {
        var now = Now();
        return _writer.WriteAsync(null, 0, scope => StageOf(id, scope.Connection, scope.Transaction) switch
        {
            null => TrackingRefusal.NoExperiment(id),
            var stage when stage != wanted => TrackingRefusal.ExperimentNot(wanted, id, stage),
            _ => change(scope, now),
        });
    }

    private long Now() => _time.GetUtcNow().ToUnixTimeMilliseconds();
}
