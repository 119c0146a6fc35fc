namespace Podium.Checkpoints.Verification.Safetensors;

/// <summary>An index: which shard has which tensor.</summary>
/// <param name="Text">Its bytes.</param>
/// <param name="Places">The shard's file name of each tensor.</param>
/// <param name="TotalSize">What it says that all tensors have in bytes; null where it says nothing.</param>
/// <param name="TotalParameters">What it says that all tensors have in numbers; null where it says nothing.</param>
internal sealed record ShardIndex(byte[] Text, IReadOnlyDictionary<string, string> Places, ulong? TotalSize, ulong? TotalParameters)
{
    /// <summary>The file names of the shards.</summary>
    public IReadOnlyList<string> Shards { get; } = [.. Places.Values.Distinct(StringComparer.Ordinal)];
}
