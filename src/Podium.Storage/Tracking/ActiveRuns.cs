using System.Data.Common;
using Dapper;
using Podium.Storage.Databases;
using Podium.Storage.Writing;

namespace Podium.Storage.Tracking;

/// <summary>Which runs were not deleted, asked at each report. Only the writer's thread uses it.</summary>
/// <remarks>
/// An SQLite file has one writer, so what that knows stays true. A PostgreSQL database is asked each time: another server may have
/// deleted the run.
/// </remarks>
internal sealed class ActiveRuns
{
    private const int Most = 10_000;

    private readonly HashSet<string> _active = new(StringComparer.Ordinal);

    /// <summary>Whether a job was deleted as a run.</summary>
    public bool IsDeleted(string job, WriteScope scope)
    {
        var isAlone = scope.Database.Engine == Engine.Sqlite;
        if (isAlone && _active.Contains(job)) return false;
        if (StageOf(job, scope.Connection, scope.Transaction) == LifecycleStage.Deleted) return true;
        if (!isAlone) return false;
        if (_active.Count == Most) _active.Clear();
        _active.Add(job);
        return false;
    }

    /// <summary>Forgets what it knows of a run, whose stage is about to change.</summary>
    public void Forget(string job) => _active.Remove(job);

    /// <summary>Forgets all.</summary>
    public void Clear() => _active.Clear();

    public static string StageOf(string job, DbConnection connection, DbTransaction transaction) =>
        connection.QuerySingleOrDefault<string>("SELECT lifecycle_stage FROM tracked_runs WHERE job_id = @job", new { job }, transaction) ?? LifecycleStage.Active;
}
