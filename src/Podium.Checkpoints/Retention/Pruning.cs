using Podium.Checkpoints.Folders;
using Podium.Checkpoints.RunFolders;

namespace Podium.Checkpoints.Retention;

/// <summary>Carries out what a policy says of a run folder.</summary>
public static class Pruning
{
    /// <summary>Prunes a folder: under its lock, by the ranking as it is then.</summary>
    /// <param name="folder">The run folder.</param>
    /// <param name="rank">Reads and ranks it. What was read before the lock was taken may be out of date.</param>
    /// <param name="policy">What is to stay.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Stops it between two deletions, so that none is left half done.</param>
    /// <returns>What was done; where it was refused, why.</returns>
    /// <exception cref="IOException">The folder could not be read.</exception>
    public static PruneOutcome Apply(string folder, Func<FolderRanking> rank, RetentionPolicy policy, PruneOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(rank);
        options ??= new PruneOptions();

        using var held = RunFolderLock.TryTake(folder, PodiumFolder.Lock, "podium prune", options.Time, out var refused, out _);
        var survey = PruneSurvey.Of(rank(), policy, options.Force, options.Time);
        if (held is null) survey = survey with { Refusal = new RetentionRefusal(RetentionRefusalKind.NotOurs, refused) };
        return survey.Refusal is null ? Carry(survey, options, cancellation) : new PruneOutcome { Survey = survey };
    }

    private static PruneOutcome Carry(PruneSurvey survey, PruneOptions options, CancellationToken cancellation)
    {
        var contents = survey.Contents;
        List<Deletion> deletions =
        [
            .. survey.Trash.Select(left => new Deletion(left.Path, left.FreesBytes, () => Trash.Finish(contents.FullPath(left.Path)))),
            .. survey.Plan.Decisions.Where(decision => decision.Action != RetentionAction.Keep).Select(decision => new Deletion(
                decision.Path,
                survey.FreesByPath[decision.Path],
                () =>
                {
                    foreach (var part in PruneSurvey.PartsToGo(contents, decision)) Trash.Delete(contents.Folder, part);
                })),
        ];
        List<string> done = [];
        List<PruneFault> faults = [];
        var freed = 0L;
        for (var i = 0; i < deletions.Count && !cancellation.IsCancellationRequested; i++)
        {
            var (path, frees, delete) = deletions[i];
            options.OnStep?.Invoke(new PruneStep(path, i, deletions.Count));
            try
            {
                delete();
                done.Add(path);
                freed += frees;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                faults.Add(new PruneFault(path, exception.Message));
            }
        }

        return new PruneOutcome
        {
            Survey = survey,
            Done = done,
            FreedBytes = freed,
            Faults = faults,
            WasStopped = done.Count + faults.Count < deletions.Count,
        };
    }

    private sealed record Deletion(string Path, long FreesBytes, Action Delete);
}
