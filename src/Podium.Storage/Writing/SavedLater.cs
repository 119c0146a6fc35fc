using Dapper;
using Podium.Ranking;
using Podium.Reports;
using Podium.Storage.Jobs;

namespace Podium.Storage.Writing;

/// <summary>Judges whether the run that a folder says was saved last came after the job's newest.</summary>
/// <remarks>
/// A folder knows only what was saved. A training that has gone back reports before it saves: its run is not there yet, and is the
/// newest all the same.
/// </remarks>
internal sealed class SavedLater(LiveJob job, WriteScope scope)
{
    /// <summary>Whether it did.</summary>
    /// <param name="pairs">The folder's runs beside the job's, the one that was saved last at the end; it is not the job's newest.</param>
    /// <param name="isFresh">Whether that one has brought anything that was not known.</param>
    public bool Is(IReadOnlyList<(JobRun Mine, Run Theirs)> pairs, bool isFresh)
    {
        var newest = job.Runs.Newest;
        var saved = LastOf(pairs[^1].Theirs, pairs);
        foreach (var (mine, theirs) in pairs)
        {
            if (mine != newest) continue;
            // Saved within the same moment, as a copy is, they tell nothing by their times: reports know better which came last.
            return saved > LastOf(theirs, pairs) || !(newest.HasFrom(PointSource.Report) || newest.HasFrom(PointSource.MLflow));
        }

        return (isFresh && saved?.ToUnixTimeMilliseconds() > BeganAt(newest)) || IsGivenUp(newest);
    }

    /// <summary>When the last checkpoint was saved that a run shares with no other of the folder.</summary>
    private static DateTimeOffset? LastOf(Run run, IReadOnlyList<(JobRun Mine, Run Theirs)> pairs) =>
        run.Checkpoints.Where(checkpoint => pairs.All(other => other.Theirs == run || other.Theirs.Checkpoints.All(its => its.Path != checkpoint.Path))).Max(checkpoint => checkpoint.CreatedAt);

    private long? BeganAt(JobRun run) => scope.Connection.QuerySingleOrDefault<long?>(
        "SELECT e.time FROM job_runs r JOIN job_events e ON e.job_id = r.job_id AND e.seq = r.seq WHERE r.job_id = @JobId AND r.run = @Number",
        new { job.Row.JobId, run.Number },
        scope.Transaction);

    /// <summary>Whether somebody has deleted whatever a run had saved of its own, and it does not go on.</summary>
    private bool IsGivenUp(JobRun run) =>
        job.Row.Status is not JobStatus.Running
        && job.Checkpoints.All.Where(checkpoint => checkpoint.Run == run.Number).ToArray() is { Length: > 0 } own
        && own.All(checkpoint => checkpoint.GoneAt is not null);
}
