using System.Collections.Concurrent;
using Podium.Checkpoints.Verification.Safetensors;

namespace Podium.Checkpoints.Verification.Weights;

/// <summary>What the checkpoints of one folder mostly share, and is worked out once.</summary>
internal sealed class ReadContext
{
    public HeaderCache Headers { get; } = new();

    public IndexCache Indexes { get; } = new();

    /// <summary>What a header (or an index) and a configuration of a length say together.</summary>
    /// <remarks>
    /// The configuration is told by its length alone: to open one more file a checkpoint would cost as much as the weights,
    /// and tensors of the same names and shapes are not those of two models.
    /// </remarks>
    public ConcurrentDictionary<JudgedBy, WeightJudgement> Judgements { get; } = new();
}

/// <summary>What a judgement goes by.</summary>
/// <param name="Tensors">The header, or the index; equal ones are one object.</param>
/// <param name="ConfigLength">How long the configuration is; 0 where there is none.</param>
internal sealed record JudgedBy(object Tensors, long ConfigLength);
