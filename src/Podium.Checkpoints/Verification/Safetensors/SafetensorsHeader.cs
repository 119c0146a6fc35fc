namespace Podium.Checkpoints.Verification.Safetensors;

/// <summary>A tensor of a safetensors file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Begin">Where its bytes begin, from the start of the data.</param>
/// <param name="End">Where they end.</param>
/// <param name="Elements">How many numbers it has.</param>
/// <param name="IsPlaceholder">Whether its shape is <c>[0]</c>, as DeepSpeed ZeRO-3 leaves parameters whose values lie elsewhere.</param>
internal readonly record struct SafetensorsTensor(string Name, ulong Begin, ulong End, ulong Elements, bool IsPlaceholder);

/// <summary>The header of a safetensors file, which does not contradict itself.</summary>
internal sealed class SafetensorsHeader(byte[] text, SafetensorsTensor[] tensors, string? formatFault)
{
    /// <summary>Its bytes; checkpoints of one run mostly share them.</summary>
    public byte[] Text { get; } = text;

    /// <summary>The tensors, in the order of the header.</summary>
    public SafetensorsTensor[] Tensors { get; } = tensors;

    /// <summary>Why Transformers would not take its metadata; null where it would.</summary>
    public string? FormatFault { get; } = formatFault;

    /// <summary>The bytes of all tensors.</summary>
    public ulong DataLength { get; } = tensors.Length == 0 ? 0 : tensors.Max(tensor => tensor.End);

    /// <summary>The numbers of all tensors.</summary>
    public UInt128 Elements { get; } = tensors.Aggregate(UInt128.Zero, (sum, tensor) => sum + tensor.Elements);

    /// <summary>Whether a tensor's values lie elsewhere.</summary>
    public bool HasPlaceholder { get; } = Array.Exists(tensors, tensor => tensor.IsPlaceholder);

    /// <summary>A number that is the same for the same names in the same order.</summary>
    public int NamesFingerprint { get; } = FingerprintOf(tensors);

    private static int FingerprintOf(SafetensorsTensor[] tensors)
    {
        var hash = default(HashCode);
        foreach (var tensor in tensors) hash.Add(tensor.Name, StringComparer.Ordinal);
        return hash.ToHashCode();
    }
}
