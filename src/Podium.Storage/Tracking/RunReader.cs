using System.Data.Common;
using Dapper;
using Podium.Storage.Databases;
using Podium.Storage.Points;

namespace Podium.Storage.Tracking;

/// <summary>Reads jobs as runs.</summary>
internal sealed class RunReader(Database database, SeriesStore series)
{
    private const string Select =
        """
        SELECT j.job_id AS RunId, COALESCE(t.experiment_id, 0) AS ExperimentId, j.job_name AS Name, COALESCE(t.user_id, '') AS UserId, j.status AS Status,
          COALESCE(t.start_time, j.started_at, j.created_at) AS StartTime, COALESCE(t.end_time, j.completed_at) AS EndTime,
          COALESCE(t.lifecycle_stage, 'active') AS LifecycleStage, t.beside_job_id AS BesideJobId, COALESCE(t.is_opened, 0) = 1 AS IsOpened, e.artifact_location AS ArtifactLocation
        FROM local_training_jobs j
        LEFT JOIN tracked_runs t ON t.job_id = j.job_id
        LEFT JOIN experiments e ON e.experiment_id = COALESCE(t.experiment_id, 0)
        """;

    public async Task<TrackedRun?> FindAsync(string id, RunParts parts, CancellationToken cancellation)
    {
        TrackedRun? run;
        await using (var connection = await database.OpenReaderAsync(cancellation))
            run = await connection.QuerySingleOrDefaultAsync<TrackedRun>(new CommandDefinition($"{Select} WHERE j.job_id = @id", new { id }, cancellationToken: cancellation));
        return run is null || parts == RunParts.None ? run : (await FillAsync([run], parts, cancellation))[0];
    }

    public async Task<IReadOnlyList<TrackedRun>> ListAsync(IReadOnlyCollection<long> experiments, LifecycleView view, CancellationToken cancellation)
    {
        var stage = view switch
        {
            LifecycleView.Active => "AND COALESCE(t.lifecycle_stage, 'active') = 'active'",
            LifecycleView.Deleted => "AND t.lifecycle_stage = 'deleted'",
            _ => "",
        };
        List<TrackedRun> runs = [];
        await using var connection = await database.OpenReaderAsync(cancellation);
        foreach (var (list, parameters) in OneOf.Of(experiments))
            runs.AddRange(await connection.QueryAsync<TrackedRun>(new CommandDefinition($"{Select} WHERE COALESCE(t.experiment_id, 0) IN {list} {stage}", parameters, cancellationToken: cancellation)));
        runs.Sort((one, other) => one.StartTime != other.StartTime ? other.StartTime.CompareTo(one.StartTime) : string.CompareOrdinal(one.RunId, other.RunId));
        return runs;
    }

    public async Task<IReadOnlyList<TrackedRun>> FillAsync(IReadOnlyList<TrackedRun> runs, RunParts parts, CancellationToken cancellation)
    {
        if (runs.Count == 0) return runs;
        var ids = runs.Select(run => run.RunId).ToArray();
        ILookup<string, KeyValuePair<string, string>>? values = null, tags = null;
        ILookup<string, RunLink>? links = null;
        await using (var connection = await database.OpenReaderAsync(cancellation))
        {
            if (parts.HasFlag(RunParts.Params)) values = await KeyValueTable.RunParams.ReadAsync(ids, connection, cancellation);
            if (parts.HasFlag(RunParts.Tags)) tags = await KeyValueTable.RunTags.ReadAsync(ids, connection, cancellation);
            if (parts.HasFlag(RunParts.Links)) links = await LinksAsync(ids, connection, cancellation);
        }

        List<TrackedRun> filled = new(runs.Count);
        foreach (var run in runs)
        {
            filled.Add(run with
            {
                Params = values is null ? run.Params : [.. values[run.RunId]],
                Tags = tags is null ? run.Tags : WithName(run, tags[run.RunId]),
                Links = links is null ? run.Links : [.. links[run.RunId]],
                Metrics = parts.HasFlag(RunParts.Metrics) ? ClosingEntry.AsSent(await series.ReadLatestAsync(run.RunId, cancellation)) : run.Metrics,
            });
        }

        return filled;
    }

    /// <summary>A job's name is its run's: also where it was given elsewhere.</summary>
    private static List<KeyValuePair<string, string>> WithName(TrackedRun run, IEnumerable<KeyValuePair<string, string>> tags)
    {
        List<KeyValuePair<string, string>> all = [.. tags.Where(tag => run.Name is null || tag.Key != JobSettings.NameTag)];
        if (run.Name is { } name) all.Add(new(JobSettings.NameTag, name));
        return all;
    }

    private static async Task<ILookup<string, RunLink>> LinksAsync(string[] ids, DbConnection connection, CancellationToken cancellation)
    {
        List<(string Job, string Kind, string Name, string Data)> rows = [];
        foreach (var (list, parameters) in OneOf.Of(ids))
        {
            rows.AddRange(await connection.QueryAsync<(string Job, string Kind, string Name, string Data)>(new CommandDefinition(
                $"SELECT job_id, kind, name, data FROM run_links WHERE job_id IN {list} ORDER BY place", parameters, cancellationToken: cancellation)));
        }

        return rows.ToLookup(row => row.Job, row => new RunLink(row.Kind, row.Name, row.Data), StringComparer.Ordinal);
    }
}
