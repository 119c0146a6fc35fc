using Podium.Checkpoints.Verification.Safetensors;

namespace Podium.Checkpoints.Verification.Weights;

/// <summary>Holds an index against the headers of its shards: the same tensors, each in the same shard.</summary>
internal static class IndexAgreement
{
    /// <summary>The first disagreement; null where there is none.</summary>
    /// <param name="index">The index.</param>
    /// <param name="indexPath">As faults name it.</param>
    /// <param name="shards">The headers of all its shards.</param>
    public static ReadFault? FaultOf(ShardIndex index, string indexPath, IReadOnlyList<WeightPart> shards)
    {
        var found = 0;
        foreach (var (path, header) in shards)
        {
            var shard = path.AsSpan(path.LastIndexOf('/') + 1);
            foreach (var tensor in header.Tensors)
            {
                if (!index.Places.TryGetValue(tensor.Name, out var place)) return new ReadFault(path, $"it has the tensor '{tensor.Name}', which the index does not name");
                if (!shard.SequenceEqual(place)) return new ReadFault(indexPath, $"it says that '{tensor.Name}' is in {place}, and it is in {shard}");
                found++;
            }
        }

        if (found == index.Places.Count) return null;
        var there = shards.SelectMany(shard => shard.Header.Tensors).Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        var missing = index.Places.First(place => !there.Contains(place.Key));
        return new ReadFault(indexPath, $"it says that '{missing.Key}' is in {missing.Value}, which has no such tensor ({index.Places.Count - found} are missing)");
    }
}
