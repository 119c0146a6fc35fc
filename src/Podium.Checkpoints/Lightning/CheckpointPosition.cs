namespace Podium.Checkpoints.Lightning;

/// <summary>Where in its training a Lightning checkpoint was saved.</summary>
/// <param name="GlobalStep">The global step, counted from 1.</param>
/// <param name="Epoch">The epoch, counted from 0; null where the file does not say.</param>
public readonly record struct CheckpointPosition(long GlobalStep, long? Epoch);
