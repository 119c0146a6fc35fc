using Podium.Checkpoints.Verification.Names;
using Podium.Checkpoints.Verification.Safetensors;
using Podium.Checkpoints.Verification.Weights;

namespace Podium.Checkpoints.Verification;

/// <summary>Finds damage that leaves a file well-formed, by the other checkpoints of the folder.</summary>
/// <remarks>
/// A bit that flips in a tensor's name makes another name, which nothing in the file contradicts; the loader then takes
/// that tensor as new and draws it at random. The checkpoints of a run have the same names, so one that differs from
/// several that agree, in a few bits of a single name, is damaged. Other tensors, another order or two names that differ
/// are another model, and right; so is whatever stands in the metadata.
/// </remarks>
internal static class Siblings
{
    private const int MostBits = 8;
    private const int Majority = 2;

    /// <summary>Holds the checkpoints of a folder against each other and notes what is damaged.</summary>
    public static void Compare(IReadOnlyList<Findings> checkpoints)
    {
        if (!AreAlike(checkpoints)) CompareNames(checkpoints);
        if (checkpoints.Any(findings => findings.Sets.Exists(set => set.Index is not null))) CompareIndexes(checkpoints);
    }

    /// <summary>Whether all files of a name have one header, as is usual: then there is nothing to compare.</summary>
    private static bool AreAlike(IReadOnlyList<Findings> checkpoints)
    {
        Dictionary<string, SafetensorsHeader> headers = new(StringComparer.Ordinal);
        foreach (var findings in checkpoints)
            foreach (var set in findings.Sets)
                foreach (var part in set.Headers)
                    if (!headers.TryAdd(part.Path, part.Header) && headers[part.Path].NamesFingerprint != part.Header.NamesFingerprint)
                        return false;

        return true;
    }

    private static void CompareNames(IReadOnlyList<Findings> checkpoints)
    {
        var byPath = Parts(checkpoints, set => set.Headers).GroupBy(part => part.Part.Path, StringComparer.Ordinal);
        foreach (var parts in byPath)
        {
            var usual = parts.GroupBy(part => part.Part.Header.NamesFingerprint).Select(same => (same.First().Part.Header, Count: same.Count())).MaxBy(same => same.Count);
            if (usual.Count < Majority) continue;
            foreach (var (findings, set, part) in parts)
            {
                var (path, header) = (part.Path, part.Header);
                if (set.State == WeightSetState.Broken || header.NamesFingerprint == usual.Header.NamesFingerprint) continue;
                if (DamagedName(header, usual.Header) is not { } name) continue;
                findings.Faults.Add(new ReadFault(path, $"its tensor '{name.Found}' must have been '{name.Meant}', as in {usual.Count} other checkpoints: a few bits of the name are damaged"));
                set.State = WeightSetState.Broken;
            }
        }
    }

    private static (string Found, string Meant)? DamagedName(SafetensorsHeader header, SafetensorsHeader usual)
    {
        if (header.Tensors.Length != usual.Tensors.Length) return null;
        (string Found, string Meant)? damaged = null;
        for (var i = 0; i < header.Tensors.Length; i++)
        {
            var (found, meant) = (header.Tensors[i].Name, usual.Tensors[i].Name);
            if (found == meant) continue;
            if (damaged is not null || found.Length != meant.Length || NearMiss.Distance(found, meant, MostBits + 1) > MostBits) return null;
            damaged = (found, meant);
        }

        return damaged;
    }

    private static void CompareIndexes(IReadOnlyList<Findings> checkpoints)
    {
        var byPath = Parts<ShardIndex>(checkpoints, set => set.Index is null ? [] : [set.Index]).GroupBy(part => part.Set.Path, StringComparer.Ordinal);
        foreach (var parts in byPath)
        {
            // Equal indexes are one object, unless each of very many is another.
            var counts = parts.CountBy(part => part.Part).ToDictionary();
            var usual = counts.MaxBy(count => count.Value);
            foreach (var (findings, set, index) in parts)
            {
                var differs = usual.Value >= Majority && counts[index] < usual.Value && index.Text.Length == usual.Key.Text.Length;
                if (set.State != WeightSetState.Broken && differs && NearMiss.Distance(index.Text, usual.Key.Text, MostBits + 1) <= MostBits)
                {
                    findings.Faults.Add(new ReadFault(set.Path, $"it differs in a few bits from that of {usual.Value} other checkpoints: it is damaged"));
                    set.State = WeightSetState.Broken;
                }
                else if (set.Mismatch is { } mismatch)
                {
                    Weigh(findings, set, mismatch, isAlone: counts[index] == 1);
                }
            }
        }
    }

    private static void Weigh(Findings findings, WeightSet set, TotalMismatch mismatch, bool isAlone)
    {
        if (isAlone && mismatch.LooksDamaged)
        {
            findings.Faults.Add(new ReadFault(set.Path, mismatch.ToString()));
            set.State = WeightSetState.Broken;
        }
        else
        {
            findings.Notes.Add($"{set.Path}: {mismatch}.");
        }
    }

    private static IEnumerable<(Findings Findings, WeightSet Set, TPart Part)> Parts<TPart>(IReadOnlyList<Findings> checkpoints, Func<WeightSet, IReadOnlyList<TPart>> parts)
        where TPart : notnull
    {
        foreach (var findings in checkpoints)
            foreach (var set in findings.Sets)
                foreach (var part in parts(set))
                    yield return (findings, set, part);
    }
}
