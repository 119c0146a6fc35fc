using Podium.Checkpoints.Verification.Names;

namespace Podium.Checkpoints.Verification.Safetensors;

/// <summary>The one entry of a header's metadata that loaders look at: which framework wrote it.</summary>
internal static class MetadataFormat
{
    private const string Key = "format";

    private static readonly string[] Known = ["pt", "tf", "flax", "np", "mlx", "jax", "paddle"];

    /// <summary>Why Transformers would not take the metadata; null where it would.</summary>
    /// <remarks>
    /// Others write what they like there, and no format at all. So only one that stands alone must be right, and among
    /// several only one that is a few bits off.
    /// </remarks>
    public static string? FaultOf(Dictionary<string, string> entries)
    {
        if (entries.TryGetValue(Key, out var format))
        {
            if (Known.Contains(format, StringComparer.Ordinal)) return null;
            return entries.Count == 1 || Array.Exists(Known, known => NearMiss.Is(known, format)) ? $"the header's metadata has the unknown format '{format}'" : null;
        }

        foreach (var key in entries.Keys)
            if (entries.Count == 1 || NearMiss.Is(Key, key))
                return $"the header's metadata has '{key}' where 'format' is due";

        return null;
    }
}
