using Podium.Ranking;

namespace Podium.Storage.Jobs;

/// <summary>A run of a job, as a ranking takes it.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Parent">The run from which it forked; null where it did not.</param>
/// <param name="FromStep">The step from which on it is its own; null where it did not fork.</param>
/// <param name="Run">Its history, its checkpoints that are there, and what the trainer kept as its best.</param>
public sealed record JobRunContents(int Number, int? Parent, long? FromStep, Run Run);
