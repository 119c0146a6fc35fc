using Podium.Checkpoints.Verification.Torch;

namespace Podium.Checkpoints.Verification.Weights;

/// <summary>What a Lightning checkpoint, which is one file, has besides the weights.</summary>
internal static class LightningPickle
{
    /// <summary>Notes whether it has the state of optimizers and schedulers: the keys are left out where only weights are saved.</summary>
    public static void Note(TorchFile file, Findings findings)
    {
        if (file.Pickle is not { } pickle) return;
        findings.HasOptimizer = pickle.AsSpan().IndexOf("optimizer_states"u8) >= 0;
        if (pickle.AsSpan().IndexOf("lr_schedulers"u8) >= 0) findings.HasScheduler = true;
    }
}
