using Podium.Checkpoints.Verification.Safetensors;

namespace Podium.Checkpoints.Verification.Weights;

/// <summary>What a set of weights is good for.</summary>
internal enum WeightSetState
{
    /// <summary>It could be loaded.</summary>
    Whole,

    /// <summary>Well-formed, but the values lie elsewhere, if anywhere.</summary>
    Placeholder,

    /// <summary>A file of it contradicts itself or another, ends too early or is missing.</summary>
    Broken,
}

/// <summary>Files that are loaded together: one file, or the shards that an index puts together.</summary>
/// <param name="path">The file, or the index, relative to the checkpoint.</param>
/// <param name="isAdapter">Whether it changes a model that lies elsewhere.</param>
internal sealed class WeightSet(string path, bool isAdapter = false)
{
    /// <summary>The file, or the index, relative to the checkpoint.</summary>
    public string Path { get; } = path;

    /// <summary>Whether it changes a model that lies elsewhere.</summary>
    public bool IsAdapter { get; } = isAdapter;

    /// <summary>Whether it is a part beside the model, such as a value head: it says nothing of whether the model is there.</summary>
    public bool IsExtra { get; init; }

    /// <summary>What it is good for.</summary>
    public WeightSetState State { get; set; }

    /// <summary>The headers of its safetensors files.</summary>
    public List<WeightPart> Headers { get; } = [];

    /// <summary>Its index, if it has one.</summary>
    public ShardIndex? Index { get; set; }

    /// <summary>What the index counts differently from the shards; null where nothing.</summary>
    public TotalMismatch? Mismatch { get; set; }
}

/// <summary>A safetensors file of a set.</summary>
/// <param name="Path">Relative to the checkpoint.</param>
/// <param name="Header">Its header.</param>
internal sealed record WeightPart(string Path, SafetensorsHeader Header);
