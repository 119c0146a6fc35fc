using Podium.Checkpoints.RunFolders;
using Podium.Ranking;

namespace Podium.Checkpoints.Retention;

/// <summary>
/// Says beforehand where deleting will make another run the one that was saved last: where the files' times tell nothing (a
/// copy, a checkout) the number of a run's checkpoints does, and that changes.
/// </summary>
internal static class NewestRun
{
    // As far apart must times be for telling which run was saved last.
    private static readonly TimeSpan Simultaneous = TimeSpan.FromSeconds(2);

    /// <summary>What to know before; null where the newest run stays the newest.</summary>
    /// <param name="ranking">The folder, ranked.</param>
    /// <param name="stays">Whether a checkpoint stays.</param>
    public static string? WarningOf(FolderRanking ranking, Func<string, bool> stays)
    {
        if (ranking.Runs.Count < 2) return null;
        var shared = ranking.Runs.SelectMany(run => run.Checkpoints).CountBy(ranked => ranked.Checkpoint.Path, StringComparer.Ordinal).Where(count => count.Value > 1).Select(count => count.Key).ToHashSet(StringComparer.Ordinal);
        List<Left> left = [.. ranking.Runs.Select((run, i) => Left.Of(i + 1, run.Checkpoints.Select(ranked => ranked.Checkpoint).Where(checkpoint => !shared.Contains(checkpoint.Path) && stays(checkpoint.Path))))];
        List<Left> later = [.. left.Skip(1).Where(other => other.IsBefore(left[0]))];
        return later.Count == 0
            ? null
            : $"Then run {later.MaxBy(other => (other.Own, other.LastStep)).Run} of {left.Count} will count as the one that was saved last, so that podium best names its best: too little of run 1 stays to tell, for the files' times do not.";
    }

    /// <summary>What is left of a run's own checkpoints.</summary>
    private readonly record struct Left(int Run, DateTimeOffset Newest, int Own, long LastStep)
    {
        public static Left Of(int run, IEnumerable<Checkpoint> own)
        {
            var left = new Left(run, DateTimeOffset.MinValue, 0, 0);
            foreach (var checkpoint in own)
            {
                left = left with
                {
                    Newest = checkpoint.CreatedAt is { } created && created > left.Newest ? created : left.Newest,
                    Own = left.Own + 1,
                    LastStep = Math.Max(left.LastStep, checkpoint.Step),
                };
            }

            return left;
        }

        /// <summary>Whether this one will count as saved later.</summary>
        public bool IsBefore(in Left first)
        {
            if (Own == 0) return false;
            if (first.Own == 0 || Newest - first.Newest > Simultaneous) return true;
            return first.Newest - Newest <= Simultaneous && (Own, LastStep).CompareTo((first.Own, first.LastStep)) > 0;
        }
    }
}
