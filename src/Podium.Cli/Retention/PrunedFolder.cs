using Podium.Checkpoints.Retention;
using Podium.Cli.Output;
using Podium.Cli.Strategies;

namespace Podium.Cli.Retention;

/// <summary>A run folder, what is planned for it, and what was done.</summary>
/// <param name="Path">The folder, as a person would type it.</param>
/// <param name="Chosen">How its checkpoints were ranked.</param>
/// <param name="Survey">What is planned.</param>
/// <param name="Outcome">What was done; null where only a plan was asked for.</param>
internal sealed record PrunedFolder(string Path, ChosenStrategy Chosen, PruneSurvey Survey, PruneOutcome? Outcome)
{
    /// <summary>Whether something was to be deleted, and could be.</summary>
    public bool IsApplied => Outcome is { Refusal: null };

    /// <summary>The bytes that went, or that would.</summary>
    public long FreesBytes => Outcome is null ? Survey.FreesBytes : Outcome.FreedBytes;

    /// <summary>What the process says of this folder to the shell.</summary>
    public int ExitCode => Survey.Refusal switch
    {
        { Kind: RetentionRefusalKind.NothingToRankBy } => Cli.ExitCode.NothingToRecommend,
        { Kind: RetentionRefusalKind.WrongArgument } => Cli.ExitCode.WrongArguments,
        // Of a plan it is only said that it could not be carried out now.
        not null when Outcome is not null => Cli.ExitCode.Failed,
        _ => Outcome is { Faults.Count: > 0 } ? Cli.ExitCode.Failed : Cli.ExitCode.Done,
    };

    /// <summary>Why nothing is deleted and how to go on, in sentences; null where it is not refused.</summary>
    public string? RefusalInWords => Survey.Refusal is not { } refusal ? null : refusal.Kind switch
    {
        RetentionRefusalKind.NothingToRankBy => $"{refusal.Message} To go by age alone: podium prune {Shell.Quote(Path)} --keep-best 0 --keep-latest {Math.Max(1, Survey.Plan.Policy.KeepLatest)}"
            + (refusal.Proposal is { } proposal ? $" or by another metric: podium prune {Shell.Quote(Path)} --strategy {Shell.Quote(proposal)}" : ""),
        RetentionRefusalKind.StillChanging => $"{refusal.Message} With --force it is done all the same.",
        _ => refusal.Message,
    };
}
