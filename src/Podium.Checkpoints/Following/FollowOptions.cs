using Podium.Checkpoints.RunFolders;
using Podium.Strategies;

namespace Podium.Checkpoints.Following;

/// <summary>How a run folder is followed.</summary>
public sealed record FollowOptions
{
    /// <summary>How to rank; null: the multi-metric score with the published weights.</summary>
    public Strategy? Strategy { get; init; }

    /// <summary>Which metric is the evaluation loss; null: <c>eval_loss</c>, or the only one there is.</summary>
    public string? EvalLossKey { get; init; }

    /// <summary>How the folder is read; its clock is the follower's, too.</summary>
    public ReadOptions Read { get; init; } = new();

    /// <summary>How its changes are found.</summary>
    public ChangeOptions Changes { get; init; } = new();

    /// <summary>How many of each run's best checkpoints to keep from the trainer's rotation; 0: none.</summary>
    public int KeepBest { get; init; }

    /// <summary>Whether to keep by hard links. They take no space, but a trainer that writes in place writes into what is kept, too.</summary>
    public bool Link { get; init; }

    /// <summary>How long a finished run's folder must be quiet until the following ends. Default: 10 s.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The same where only the log says that the last step is over, for an evaluation and a save may follow. Default: 10 min.
    /// </summary>
    public TimeSpan LongQuiet { get; init; } = TimeSpan.FromMinutes(10);
}
