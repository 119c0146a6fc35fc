namespace Podium.Checkpoints.Verification.Names;

/// <summary>Finds a tensor's name that was damaged: one that is due is missing, and one that no one knows is almost the same.</summary>
internal static class MisspeltName
{
    /// <summary>Finds a damaged name among the tensors of one file.</summary>
    /// <param name="present">The names that are there.</param>
    /// <param name="expected">The names that are known; they need not all be there.</param>
    /// <returns>What is there, and what must have been; null where nothing is damaged.</returns>
    public static (string Found, string Meant)? Find(IReadOnlyCollection<string> present, IEnumerable<string> expected)
    {
        var unknown = new HashSet<string>(present, StringComparer.Ordinal);
        List<string> missing = [];
        foreach (var name in expected)
            if (!unknown.Remove(name))
                missing.Add(name);

        foreach (var found in unknown)
            foreach (var meant in missing)
                if (NearMiss.Is(meant, found))
                    return (found, meant);

        return null;
    }

    /// <summary>The names that the other halves of LoRA's pairs ask for.</summary>
    /// <remarks>Each <c>lora_A</c> has a <c>lora_B</c> of the same module: so an adapter tells by itself what it must have.</remarks>
    public static IEnumerable<string> LoraPairs(IReadOnlyCollection<string> present)
    {
        foreach (var name in present)
        {
            var twin = name.Contains("lora_A", StringComparison.Ordinal) ? name.Replace("lora_A", "lora_B", StringComparison.Ordinal)
                : name.Contains("lora_B", StringComparison.Ordinal) ? name.Replace("lora_B", "lora_A", StringComparison.Ordinal)
                : null;
            if (twin is not null) yield return twin;
        }
    }
}
