namespace Podium.Checkpoints.Verification.Shards;

/// <summary>The weights as a distributed optimizer left them, one part a process.</summary>
/// <param name="IsWhole">Whether nothing is known to be missing or damaged.</param>
/// <param name="HasOptimizer">Whether the optimizer's state is among them, and whole.</param>
/// <param name="Remedy">The command that makes whole weights of them.</param>
internal sealed record DistributedShards(bool IsWhole, bool HasOptimizer, string Remedy);
