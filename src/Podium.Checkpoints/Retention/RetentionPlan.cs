using Podium.Checkpoints.RunFolders;
using Podium.Ranking;

namespace Podium.Checkpoints.Retention;

/// <summary>What becomes of each checkpoint of a run folder. It is worked out from a ranking and a few facts alone; nothing is touched.</summary>
public sealed record RetentionPlan
{
    /// <summary>The ranking it follows.</summary>
    public required FolderRanking Ranking { get; init; }

    /// <summary>What was asked for.</summary>
    public required RetentionPolicy Policy { get; init; }

    /// <summary>What becomes of each checkpoint, by step. What any run keeps stays. Where the plan is refused, all stay.</summary>
    public required IReadOnlyList<RetentionDecision> Decisions { get; init; }

    /// <summary>Why nothing can be deleted; null where the plan can be carried out.</summary>
    public RetentionRefusal? Refusal { get; init; }

    /// <summary>What to know before the plan is carried out; null where there is nothing.</summary>
    public string? Warning { get; init; }

    /// <summary>Decides.</summary>
    /// <param name="ranking">The folder, ranked.</param>
    /// <param name="policy">What is to stay.</param>
    /// <param name="facts">What the disk says of each checkpoint, by its path.</param>
    public static RetentionPlan Of(FolderRanking ranking, RetentionPolicy policy, IReadOnlyDictionary<string, CheckpointFacts> facts)
    {
        ArgumentNullException.ThrowIfNull(ranking);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(facts);

        var reasons = policy.StripTrainingState ? StripRules.ReasonsToSpare(ranking, policy, facts) : KeepRules.ReasonsToKeep(ranking, policy, facts);
        var refusal = policy.StripTrainingState ? null : KeepRules.Refusal(ranking, policy);
        var decisions = new Dictionary<string, RetentionDecision>(StringComparer.Ordinal);
        for (var run = 0; run < ranking.Runs.Count; run++)
        {
            foreach (var ranked in ranking.Runs[run].Checkpoints)
            {
                var checkpoint = ranked.Checkpoint;
                var before = decisions.GetValueOrDefault(checkpoint.Path);
                var (action, why) = Decide(checkpoint.Path, Other(ranking, run, ranked, policy), before);
                decisions[checkpoint.Path] = new RetentionDecision(checkpoint.Path, action, why)
                {
                    Step = checkpoint.Step,
                    State = checkpoint.State,
                    SizeBytes = checkpoint.SizeBytes,
                    Runs = [.. before?.Runs ?? [], run + 1],
                };
            }
        }

        // What is of no run was not ranked: there is nothing to decide by, so it stays.
        foreach (var (path, verification) in ranking.Folder.Verifications)
        {
            if (decisions.ContainsKey(path) || !reasons.TryGetValue(path, out var why)) continue;
            decisions.Add(path, new RetentionDecision(path, RetentionAction.Keep, why)
            {
                State = verification.State,
                SizeBytes = facts.GetValueOrDefault(path, CheckpointFacts.None).SizeBytes,
            });
        }

        return new RetentionPlan
        {
            Ranking = ranking,
            Policy = policy,
            Decisions = [.. decisions.Values.OrderBy(decision => decision.Step ?? long.MaxValue).ThenBy(decision => decision.Path, Folders.NaturalOrder.Instance)],
            Refusal = refusal,
            Warning = policy.StripTrainingState || refusal is not null ? null : NewestRun.WarningOf(ranking, path => decisions[path].Action == RetentionAction.Keep),
        };

        (RetentionAction, IReadOnlyList<string>) Decide(string path, string other, RetentionDecision? before) =>
            reasons.TryGetValue(path, out var keep) ? (RetentionAction.Keep, keep)
            : refusal is not null ? (RetentionAction.Keep, ["refused"])
            : (policy.StripTrainingState ? RetentionAction.Strip : RetentionAction.Delete, before is { Reasons: var others } && !others.Contains(other, StringComparer.Ordinal) ? [.. others, other] : [other]);
    }

    /// <summary>Why one that nothing keeps goes.</summary>
    private static string Other(FolderRanking ranking, int run, RankedCheckpoint ranked, RetentionPolicy policy) => ranked.Checkpoint.State switch
    {
        CheckpointState.Damaged => "damaged",
        CheckpointState.Incomplete => "broken off while it was written",
        _ when policy.StripTrainingState => "older training state",
        _ => $"rank {ranked.Rank} of {ranking.Runs[run].Checkpoints.Count}{InRun(ranking, run)}",
    };

    /// <summary>Which run is meant, where there are several.</summary>
    internal static string InRun(FolderRanking ranking, int run) => ranking.Runs.Count > 1 ? $" (run {run + 1})" : "";
}
