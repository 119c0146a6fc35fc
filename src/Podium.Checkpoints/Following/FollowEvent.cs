using Podium.Ranking;

namespace Podium.Checkpoints.Following;

/// <summary>Something that happened in a run folder.</summary>
/// <param name="Time">When it was seen.</param>
public abstract record FollowEvent(DateTimeOffset Time);

/// <summary>A checkpoint was saved, or saved anew.</summary>
/// <param name="Time">When it was seen.</param>
/// <param name="Checkpoint">The checkpoint.</param>
public sealed record CheckpointSaved(DateTimeOffset Time, Checkpoint Checkpoint) : FollowEvent(Time);

/// <summary>A checkpoint is gone, e.g. by the trainer's rotation.</summary>
/// <param name="Time">When it was seen.</param>
/// <param name="Checkpoint">The checkpoint, as it was.</param>
/// <param name="IsKept">Whether a copy of it is kept.</param>
public sealed record CheckpointGone(DateTimeOffset Time, Checkpoint Checkpoint, bool IsKept) : FollowEvent(Time);

/// <summary>The trainer evaluated.</summary>
/// <param name="Time">When it was seen.</param>
/// <param name="Step">At which step.</param>
/// <param name="Epoch">At which epoch, if that was logged.</param>
/// <param name="EvalLoss">The evaluation loss; it may be NaN or infinite.</param>
/// <param name="TrainLoss">The training loss since the evaluation before, if there is one.</param>
public sealed record Evaluated(DateTimeOffset Time, long Step, double? Epoch, double EvalLoss, double? TrainLoss) : FollowEvent(Time);

/// <summary>Another checkpoint than before is recommended.</summary>
/// <param name="Time">When it was seen.</param>
/// <param name="Best">The recommended one.</param>
/// <param name="Previous">The one recommended before; null for the first.</param>
/// <param name="Why">Why it is the best, in words.</param>
public sealed record NewBest(DateTimeOffset Time, RankedCheckpoint Best, RankedCheckpoint? Previous, string Why) : FollowEvent(Time);

/// <summary>The run came further.</summary>
/// <param name="Time">When it was seen.</param>
/// <param name="Progress">How far it is.</param>
public sealed record Progressed(DateTimeOffset Time, RunProgress Progress) : FollowEvent(Time);

/// <summary>A checkpoint was kept from the trainer's rotation.</summary>
/// <param name="Time">When.</param>
/// <param name="Path">Where the kept one lies, relative to the run folder.</param>
/// <param name="Checkpoint">The checkpoint of which it is a copy.</param>
/// <param name="SizeBytes">The bytes of the files that were kept.</param>
public sealed record CheckpointKept(DateTimeOffset Time, string Path, Checkpoint Checkpoint, long SizeBytes) : FollowEvent(Time);

/// <summary>A kept checkpoint was let go: enough better ones are kept.</summary>
/// <param name="Time">When.</param>
/// <param name="Path">Where it lay, relative to the run folder.</param>
/// <param name="Step">Its step.</param>
public sealed record CheckpointReleased(DateTimeOffset Time, string Path, long Step) : FollowEvent(Time);

/// <summary>The run has finished, and nothing changes any more.</summary>
/// <param name="Time">When that was clear.</param>
/// <param name="Progress">How far it came.</param>
/// <param name="Best">The recommended checkpoint; null where there is none.</param>
public sealed record RunFinished(DateTimeOffset Time, RunProgress Progress, RankedCheckpoint? Best) : FollowEvent(Time);

/// <summary>Something that whoever watches should know.</summary>
/// <param name="Time">When.</param>
/// <param name="Code">A fixed word for programs.</param>
/// <param name="Message">What it is, in words.</param>
public sealed record FollowWarning(DateTimeOffset Time, string Code, string Message) : FollowEvent(Time);
