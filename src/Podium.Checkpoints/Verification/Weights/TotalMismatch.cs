using Podium.Checkpoints.Verification.Names;

namespace Podium.Checkpoints.Verification.Weights;

/// <summary>A total in an index that the shards contradict.</summary>
/// <param name="Name">Its name in the index.</param>
/// <param name="Said">What the index says.</param>
/// <param name="Counted">What the shards have.</param>
/// <remarks>
/// No loader needs the totals, and some writers count tied tensors twice or packed ones unpacked: that is no damage, the
/// more so where another checkpoint of the run has the same index. A number that is a bit off is.
/// </remarks>
internal sealed record TotalMismatch(string Name, ulong Said, ulong Counted)
{
    /// <summary>Whether a damaged bit explains it.</summary>
    public bool LooksDamaged => NearMiss.Is(Said.ToString(), Counted.ToString());

    /// <summary>It in words.</summary>
    public override string ToString() => $"the index says that {Name} is {Said}, and its shards have {Counted}";

    /// <summary>The mismatch of a set whose shards were all read; null where there is none.</summary>
    public static TotalMismatch? Of(WeightSet set)
    {
        ulong bytes = 0, elements = 0;
        foreach (var part in set.Headers)
        {
            bytes += part.Header.DataLength;
            elements += (ulong)part.Header.Elements;
        }

        return set.Index is not { } index ? null
            : index.TotalSize is { } size && size != bytes ? new TotalMismatch("total_size", size, bytes)
            : index.TotalParameters is { } parameters && parameters != elements ? new TotalMismatch("total_parameters", parameters, elements)
            : null;
    }
}
