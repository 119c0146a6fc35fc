using Dapper;
using Podium.Ranking;
using Podium.Reports;
using Podium.Storage.Events;
using Podium.Storage.Jobs;

namespace Podium.Storage.Writing;

/// <summary>The checkpoints of a job, and which run each is of.</summary>
internal sealed class LiveCheckpoints(LiveJob job)
{
    private readonly Dictionary<string, CheckpointRow> _byPath = new(StringComparer.Ordinal);

    public IReadOnlyCollection<CheckpointRow> All => _byPath.Values;

    public void Load(WriteScope scope)
    {
        _byPath.Clear();
        foreach (var checkpoint in scope.Connection.Query<CheckpointRow>($"SELECT {CheckpointColumns.All} FROM checkpoints WHERE job_id = @JobId", new { job.Row.JobId }, scope.Transaction))
            _byPath.Add(checkpoint.Path, checkpoint);
    }

    /// <summary>Those of a run, and those from before it forked.</summary>
    public Checkpoint[] Of(JobRun run) =>
    [
        .. _byPath.Values.Where(checkpoint => checkpoint.GoneAt is null && job.Runs.Shares(run, (int)checkpoint.Run!.Value, checkpoint.Step)).Select(CheckpointColumns.ToCheckpoint),
    ];

    /// <summary>Takes in one of a run that is known.</summary>
    public void Save(Checkpoint checkpoint, JobRun run, WriteScope scope, long now)
    {
        var known = _byPath.GetValueOrDefault(checkpoint.Path);
        // One from before a fork stays with the run that saved it.
        var isShared = known is { GoneAt: null, Run: { } of } && known.Step == checkpoint.Step && of <= job.Runs.Runs.Count && job.Runs.Shares(run, (int)of, checkpoint.Step);
        Save(
            new CheckpointRow
            {
                JobId = job.Row.JobId,
                Path = checkpoint.Path,
                Run = isShared ? known!.Run : run.Number,
                Step = checkpoint.Step,
                Epoch = EventData.Finite(checkpoint.Epoch),
                SizeBytes = checkpoint.SizeBytes,
                State = checkpoint.State.Spelling(),
                CreatedAt = checkpoint.CreatedAt?.ToUnixTimeMilliseconds() ?? known?.CreatedAt,
            },
            scope,
            now);
    }

    public void Save(CheckpointRow checkpoint, WriteScope scope, long now)
    {
        var known = _byPath.GetValueOrDefault(checkpoint.Path);
        var row = checkpoint with
        {
            Run = checkpoint.Run ?? (known is not null && IsTheSameSave(checkpoint, known) ? known.Run : job.Runs.Newest.Number),
            CreatedAt = checkpoint.CreatedAt ?? known?.CreatedAt ?? now,
            Seq = known?.Seq ?? 0,
        };
        if (row == known) return;
        job.Happened(
            row.GoneAt is null ? EventKind.CheckpointSaved : EventKind.CheckpointGone,
            new EventData.Checkpoint(row.Path, row.Step, row.Epoch, row.SizeBytes, row.State, row.Run!.Value),
            scope);
        row = row with { Seq = job.Row.Seq };
        _byPath[row.Path] = row;
        scope.Connection.Execute(CheckpointColumns.Upsert, row, scope.Transaction);
        job.RankingIsOld();
    }

    /// <summary>Whether it is not one that the newest run has put in the older one's place.</summary>
    private bool IsTheSameSave(CheckpointRow checkpoint, CheckpointRow known)
    {
        if (checkpoint.GoneAt is not null) return true;
        if (known.GoneAt is not null || checkpoint.Step != known.Step) return false;
        if (job.Runs.Shares(job.Runs.Newest, (int)known.Run!.Value, checkpoint.Step)) return true;
        // A folder's listing says when it was saved; a report that does not tells of a new save.
        return checkpoint.CreatedAt is { } time && time == known.CreatedAt;
    }
}
