namespace Podium.Checkpoints.Verification.Safetensors;

/// <summary>A tensor of a safetensors file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Begin">Where its bytes begin, from the start of the data.</param>
/// <param name="End">Where they end.</param>
/// <param name="Elements">How many numbers it has.</param>
/// <param name="IsPlaceholder">Whether its shape is <c>[0]</c>, as DeepSpeed ZeRO-3 leaves parameters whose values lie elsewhere.</param>
internal readonly record struct SafetensorsTensor(string Name, ulong Begin, ulong End, long Elements, bool IsPlaceholder);

/// <summary>The header of a safetensors file, which does not contradict itself.</summary>
internal sealed class SafetensorsHeader
{
    /// <param name="text">Its bytes.</param>
    /// <param name="tensors">Its tensors, in its order.</param>
    /// <param name="formatFault">Why Transformers would not take its metadata.</param>
    public SafetensorsHeader(byte[] text, SafetensorsTensor[] tensors, string? formatFault)
    {
        (Text, Tensors, FormatFault) = (text, tensors, formatFault);
        var names = default(HashCode);
        foreach (ref readonly var tensor in tensors.AsSpan())
        {
            DataLength = Math.Max(DataLength, tensor.End);
            Elements += tensor.Elements;
            HasPlaceholder |= tensor.IsPlaceholder;
            names.Add(tensor.Name, StringComparer.Ordinal);
        }

        NamesFingerprint = names.ToHashCode();
    }

    /// <summary>Its bytes; checkpoints of one run mostly share them.</summary>
    public byte[] Text { get; }

    /// <summary>The tensors, in the order of the header.</summary>
    public SafetensorsTensor[] Tensors { get; }

    /// <summary>Why Transformers would not take its metadata; null where it would.</summary>
    public string? FormatFault { get; }

    /// <summary>The bytes of all tensors.</summary>
    public ulong DataLength { get; }

    /// <summary>The numbers of all tensors.</summary>
    public long Elements { get; }

    /// <summary>Whether a tensor's values lie elsewhere.</summary>
    public bool HasPlaceholder { get; }

    /// <summary>A number that is the same for the same names in the same order.</summary>
    public int NamesFingerprint { get; }
}
