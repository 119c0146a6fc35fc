using Podium.Checkpoints.Folders;
using Podium.Ranking;

namespace Podium.Checkpoints.Following;

/// <summary>Which checkpoints are to be kept, and which kept ones are no longer needed.</summary>
/// <param name="Keep">Those that are to be kept and are not, the best of each run first.</param>
/// <param name="Release">Kept ones that every run which has them can do without.</param>
internal sealed record KeepPlan(IReadOnlyList<Checkpoint> Keep, IReadOnlyList<Checkpoint> Release)
{
    /// <summary>Plans for the runs of a folder.</summary>
    /// <param name="runs">The rankings of its runs.</param>
    /// <param name="best">How many of each run's best to keep, 1 or more.</param>
    /// <param name="kept">The names of those that are kept.</param>
    /// <param name="isReadable">Whether the state file of a checkpoint that is not kept yet can be read.</param>
    public static KeepPlan For(IReadOnlyList<RunRanking> runs, int best, IReadOnlySet<string> kept, Func<Checkpoint, bool> isReadable)
    {
        List<Checkpoint> keep = [];
        Dictionary<string, (Checkpoint Checkpoint, bool IsNeeded)> claims = new(StringComparer.Ordinal);
        foreach (var run in runs)
        {
            var wanted = 0;
            var betterKept = 0;
            foreach (var ranked in run.Checkpoints)
            {
                var checkpoint = ranked.Checkpoint;
                var name = KeptPath.NameOf(checkpoint.Path);
                var isKept = kept.Contains(name);
                // What is damaged may be somebody's last hope: it is left alone.
                if (isKept)
                    claims[name] = (checkpoint, checkpoint.State != CheckpointState.Complete || betterKept < best || (claims.TryGetValue(name, out var claim) && claim.IsNeeded));

                if (!double.IsFinite(ranked.Score) || checkpoint.State != CheckpointState.Complete || !IsKeepable(name)) continue;
                if (isKept) betterKept++;
                if (wanted == best || !(isKept || isReadable(checkpoint))) continue;
                wanted++;
                if (!isKept && !keep.Contains(checkpoint)) keep.Add(checkpoint);
            }
        }

        return new KeepPlan(keep, [.. claims.Values.Where(claim => !claim.IsNeeded).Select(claim => claim.Checkpoint)]);
    }

    /// <summary>Only a name with a step or an epoch still tells one from another when it is kept; <c>last-checkpoint</c> is a new one each time.</summary>
    private static bool IsKeepable(string name) =>
        CheckpointName.TryParse(name, out var parsed) && parsed is { IsCertain: true, IsTemporary: false } && (parsed.Step ?? parsed.Epoch) is not null;
}
