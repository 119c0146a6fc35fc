namespace Podium.Checkpoints.Folders;

/// <summary>What a file of a checkpoint is for.</summary>
internal enum CheckpointFileKind
{
    /// <summary>Anything else: tokenizer, arguments, a model card.</summary>
    Other,

    /// <summary><c>trainer_state.json</c>.</summary>
    TrainerState,

    /// <summary>Whole weights, or one of the shards that an index puts together; of an adapter too.</summary>
    Weights,

    /// <summary>Which shard has which tensor.</summary>
    WeightIndex,

    /// <summary><c>config.json</c> or <c>adapter_config.json</c>.</summary>
    ModelConfig,

    /// <summary>The optimizer's state.</summary>
    Optimizer,

    /// <summary>The learning rate scheduler's state.</summary>
    Scheduler,

    /// <summary>The state of the random number generators.</summary>
    RandomState,

    /// <summary>The state of the loss scaler of a training in half precision.</summary>
    LossScaler,

    /// <summary>A part of what DeepSpeed saved: weights and optimizer state of one process.</summary>
    DeepSpeedShard,

    /// <summary>A part of the weights that FSDP saved.</summary>
    FsdpShard,

    /// <summary>A part of the optimizer's state that FSDP saved.</summary>
    FsdpOptimizerShard,
}

internal static class CheckpointFileKinds
{
    private const StringComparison Exactly = StringComparison.Ordinal;

    /// <summary>The kind of a file.</summary>
    /// <param name="folder">The folder in which it lies, relative to the checkpoint; empty for the checkpoint's own.</param>
    /// <param name="name">Its name.</param>
    public static CheckpointFileKind Of(ReadOnlySpan<char> folder, ReadOnlySpan<char> name)
    {
        if (name.EndsWith(".distcp", Exactly)) return folder.StartsWith("optimizer", Exactly) ? CheckpointFileKind.FsdpOptimizerShard : CheckpointFileKind.FsdpShard;
        if (IsFsdpFolder(folder) && name is ".metadata") return folder.StartsWith("optimizer", Exactly) ? CheckpointFileKind.FsdpOptimizerShard : CheckpointFileKind.FsdpShard;
        if (IsDeepSpeed(folder, name)) return CheckpointFileKind.DeepSpeedShard;
        if (IsWeights(name)) return folder.Contains('/') ? CheckpointFileKind.Other : CheckpointFileKind.Weights;
        if (name.EndsWith(".safetensors.index.json", Exactly) || name.EndsWith(".bin.index.json", Exactly)) return folder.Contains('/') ? CheckpointFileKind.Other : CheckpointFileKind.WeightIndex;
        if (name is "config.json" or "adapter_config.json") return CheckpointFileKind.ModelConfig;

        // What lies deeper belongs to something else.
        if (folder.Length > 0) return CheckpointFileKind.Other;
        return name switch
        {
            CheckpointFiles.StateFileName => CheckpointFileKind.TrainerState,
            "optimizer.pt" or "optimizer.bin" => CheckpointFileKind.Optimizer,
            "scheduler.pt" or "scheduler.bin" => CheckpointFileKind.Scheduler,
            "scaler.pt" => CheckpointFileKind.LossScaler,
            _ when name.StartsWith("rng_state", Exactly) && name.EndsWith(".pth", Exactly) => CheckpointFileKind.RandomState,
            _ when name.StartsWith("random_states_", Exactly) && name.EndsWith(".pkl", Exactly) => CheckpointFileKind.RandomState,
            _ => CheckpointFileKind.Other,
        };
    }

    /// <summary>Whether only a training that goes on needs it, once whole weights are there.</summary>
    public static bool IsTrainingState(this CheckpointFileKind kind) => kind is CheckpointFileKind.Optimizer or CheckpointFileKind.Scheduler
        or CheckpointFileKind.RandomState or CheckpointFileKind.LossScaler
        or CheckpointFileKind.DeepSpeedShard or CheckpointFileKind.FsdpShard or CheckpointFileKind.FsdpOptimizerShard;

    /// <summary>Whether DeepSpeed saved it. The ending alone is not enough: somebody's <c>hidden_states.pt</c> is no training state to be taken out.</summary>
    private static bool IsDeepSpeed(ReadOnlySpan<char> folder, ReadOnlySpan<char> name) =>
        name.EndsWith("_states.pt", Exactly)
        && (folder.StartsWith("global_step", Exactly) || name.StartsWith("mp_rank_", Exactly) || name.StartsWith("zero_pp_rank_", Exactly) || name.StartsWith("bf16_zero_pp_rank_", Exactly));

    private static bool IsFsdpFolder(ReadOnlySpan<char> folder) => folder.StartsWith("pytorch_model_fsdp", Exactly) || folder.StartsWith("optimizer_", Exactly);

    private static bool IsWeights(ReadOnlySpan<char> name) =>
        name.EndsWith(".safetensors", Exactly) || name.EndsWith(".gguf", Exactly)
        || (name.EndsWith(".bin", Exactly) && (name.StartsWith("pytorch_model", Exactly) || name.StartsWith("adapter_model", Exactly)));
}
