using System.Data.Common;
using Dapper;

namespace Podium.Storage.Points;

/// <summary>A run of a job, and where it comes from.</summary>
/// <param name="Run">Its number, from 1.</param>
/// <param name="ParentRun">The run from which it forked; null for the first.</param>
/// <param name="FromStep">The step from which on it is its own; null for the first.</param>
public sealed record StoredRun(int Run, int? ParentRun, long? FromStep);

/// <summary>The runs of a job: which of them a run's points are taken from.</summary>
internal sealed class RunChain
{
    private readonly Dictionary<int, StoredRun> _runs;

    private RunChain(IEnumerable<StoredRun> runs, int? newest)
    {
        _runs = runs.ToDictionary(run => run.Run);
        Newest = newest ?? (_runs.Count == 0 ? 1 : _runs.Keys.Max());
    }

    /// <summary>The runs, the first first. A job without any has the first all the same.</summary>
    public IEnumerable<StoredRun> Runs => _runs.Count == 0 ? [new StoredRun(1, null, null)] : _runs.Values.OrderBy(run => run.Run);

    /// <summary>The number of the newest.</summary>
    public int Newest { get; }

    public static async Task<RunChain> ReadAsync(DbConnection connection, DbTransaction transaction, string job, CancellationToken cancellation)
    {
        var rows = await connection.QueryAsync<(long Run, long? Parent, long? From)>(new CommandDefinition(
            "SELECT CAST(run AS BIGINT), CAST(parent_run AS BIGINT), from_step FROM job_runs WHERE job_id = @job", new { job }, transaction, cancellationToken: cancellation));
        var newest = await connection.ExecuteScalarAsync<long?>(new CommandDefinition("SELECT newest_run FROM local_training_jobs WHERE job_id = @job", new { job }, transaction, cancellationToken: cancellation));
        return new RunChain(rows.Select(row => new StoredRun((int)row.Run, (int?)row.Parent, row.From)), (int?)newest);
    }

    /// <summary>Whose points a run has, and up to which step: the oldest first, itself last.</summary>
    /// <param name="run">The run.</param>
    public IReadOnlyList<(int Run, long To)> From(int run)
    {
        List<(int Run, long To)> chain = [(run, long.MaxValue)];
        var to = long.MaxValue;
        while (_runs.TryGetValue(run, out var known) && known is { ParentRun: { } parent, FromStep: > long.MinValue and var from })
        {
            // What a grandparent gives ends where the parent's own begins, and no later than what the parent gives.
            to = Math.Min(to, from - 1);
            chain.Insert(0, (parent, to));
            run = parent;
        }

        return chain;
    }
}
