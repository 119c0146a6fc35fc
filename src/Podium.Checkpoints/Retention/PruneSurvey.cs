using Podium.Checkpoints.RunFolders;
using Podium.Checkpoints.Verification;

namespace Podium.Checkpoints.Retention;

/// <summary>What an earlier deletion put aside and did not finish.</summary>
/// <param name="Path">Where it lies, relative to the run folder.</param>
/// <param name="SizeBytes">The bytes of all its files.</param>
/// <param name="FreesBytes">The bytes that go with it.</param>
public sealed record TrashLeft(string Path, long SizeBytes, long FreesBytes);

/// <summary>What pruning a run folder would do now, and how much disk that would free.</summary>
public sealed record PruneSurvey
{
    private PruneSurvey(FolderContents contents) => Contents = contents;

    /// <summary>What becomes of each checkpoint.</summary>
    public required RetentionPlan Plan { get; init; }

    /// <summary>The bytes that go with each checkpoint that is changed, by its path; a file of several names counts with the last of them.</summary>
    public required IReadOnlyDictionary<string, long> FreesByPath { get; init; }

    /// <summary>What an earlier deletion left to be finished.</summary>
    public required IReadOnlyList<TrashLeft> Trash { get; init; }

    /// <summary>Why it may not be done now; null where it may.</summary>
    public required RetentionRefusal? Refusal { get; init; }

    /// <summary>All bytes that would go, what is left of an earlier deletion included; 0 where nothing can be decided.</summary>
    public long FreesBytes => Plan.Refusal is null ? FreesByPath.Values.Sum() + Trash.Sum(left => left.FreesBytes) : 0;

    /// <summary>What was found in the folder.</summary>
    internal FolderContents Contents { get; }

    /// <summary>Plans, and looks through the folder for what that would mean.</summary>
    /// <param name="ranking">The folder, ranked.</param>
    /// <param name="policy">What is to stay.</param>
    /// <param name="force">Whether it may be done though a file was written a moment ago.</param>
    /// <param name="time">The clock, which tells how long ago that was.</param>
    /// <exception cref="DirectoryNotFoundException">The folder is gone.</exception>
    public static PruneSurvey Of(FolderRanking ranking, RetentionPolicy policy, bool force, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(ranking);
        ArgumentNullException.ThrowIfNull(time);
        return Of(FolderContents.Of(ranking.Folder.Path), ranking, policy, force, time.GetUtcNow());
    }

    internal static PruneSurvey Of(FolderContents contents, FolderRanking ranking, RetentionPolicy policy, bool force, DateTimeOffset now)
    {
        var plan = RetentionPlan.Of(ranking, policy, DiskFacts.Of(contents, ranking.Folder, now));
        var freed = new FreedSpace(contents);
        List<TrashLeft> trash = [.. contents.Trash.Select(path => new TrashLeft(path, contents.FilesAt(path).Sum(entry => entry.Length), freed.Delete(contents.At(path))))];
        var frees = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var decision in plan.Decisions.Where(decision => decision.Action != RetentionAction.Keep))
            frees.Add(decision.Path, PartsToGo(contents, decision).Sum(part => freed.Delete(TrainingStateFiles.Below(contents, part))));

        return new PruneSurvey(contents)
        {
            Plan = plan,
            FreesByPath = frees,
            Trash = trash,
            Refusal = plan.Refusal ?? (force ? null : StillChanging(contents, now)),
        };
    }

    /// <summary>What of a checkpoint goes, relative to the run folder and in the order in which that is to be done.</summary>
    internal static IReadOnlyList<string> PartsToGo(FolderContents contents, RetentionDecision decision) => decision.Action switch
    {
        RetentionAction.Delete when contents.TwinOf(decision.Path) is { } twin => [twin, decision.Path],
        RetentionAction.Delete => [decision.Path],
        RetentionAction.Strip => TrainingStateFiles.In(contents, decision.Path),
        _ => [],
    };

    private static RetentionRefusal? StillChanging(FolderContents contents, DateTimeOffset now)
    {
        if (contents.Youngest() is not { } youngest || !Settled.IsYoung(youngest.Written, now)) return null;
        var age = now - youngest.Written;
        var when = age < TimeSpan.Zero ? "has a time in the future"
            : age < TimeSpan.FromMinutes(1) ? $"was written {(int)age.TotalSeconds} s ago"
            : $"was written {(int)age.TotalMinutes} min ago";
        return new RetentionRefusal(
            RetentionRefusalKind.StillChanging,
            $"{youngest.Path} {when}: a training may be going on. Wait until nothing was written for {Settled.After.TotalMinutes} min.");
    }
}
