using Podium.Checkpoints.Json;
using Podium.Ranking;

namespace Podium.Checkpoints.TrainerStates;

/// <summary>What a <c>trainer_state.json</c> says besides its log. Older versions of the Trainer leave some of it out.</summary>
public sealed record StateFacts
{
    /// <summary>The step at which it was saved.</summary>
    public long? GlobalStep { get; private set; }

    /// <summary>The epoch at which it was saved, a fraction.</summary>
    public double? Epoch { get; private set; }

    /// <summary>The value of the metric by which the trainer chose its best so far.</summary>
    public double? BestMetric { get; private set; }

    /// <summary>The step of the trainer's best so far.</summary>
    public long? BestGlobalStep { get; private set; }

    /// <summary>The folder of the trainer's best so far; often of another machine, or gone.</summary>
    public string? BestModelCheckpoint { get; private set; }

    /// <summary>The steps that the run was to have.</summary>
    public long? MaxSteps { get; private set; }

    /// <summary>The epochs that the run was to have.</summary>
    public double? TrainEpochs { get; private set; }

    /// <summary>The batch size of one device.</summary>
    public long? TrainBatchSize { get; private set; }

    /// <summary>What the trainer kept as its best, for the strategy <c>trainer</c>.</summary>
    public TrainerChoice TrainerChoice => new(BestMetric, BestGlobalStep, StepAtEnd(BestModelCheckpoint));

    /// <summary>Reads the value of a top-level key; one that is not known is passed over.</summary>
    internal bool TryRead(ReadOnlySpan<byte> key, ref JsonCursor cursor)
    {
        if (key.SequenceEqual("best_model_checkpoint"u8) && cursor.Peek() == (byte)'"')
        {
            if (!cursor.ReadString(out var raw)) return false;
            BestModelCheckpoint = JsonCursor.Decode(raw);
            return true;
        }

        if (!cursor.IsNumberNext()) return cursor.SkipValue();
        if (!cursor.ReadNumber(out var number)) return false;
        switch (key.Length)
        {
            case 5 when key.SequenceEqual("epoch"u8): Epoch = number; break;
            case 9 when key.SequenceEqual("max_steps"u8): MaxSteps = Whole(number); break;
            case 11 when key.SequenceEqual("global_step"u8): GlobalStep = Whole(number); break;
            case 11 when key.SequenceEqual("best_metric"u8): BestMetric = number; break;
            case 16 when key.SequenceEqual("best_global_step"u8): BestGlobalStep = Whole(number); break;
            case 16 when key.SequenceEqual("num_train_epochs"u8): TrainEpochs = number; break;
            case 16 when key.SequenceEqual("train_batch_size"u8): TrainBatchSize = Whole(number); break;
        }

        return true;
    }

    private static long? Whole(double number) => Math.Abs(number) <= 1L << 53 ? (long)number : null;

    private static long? StepAtEnd(string? path)
    {
        if (path is null) return null;
        var trimmed = path.AsSpan().TrimEnd(['/', '\\']);
        var digits = trimmed.Length;
        while (digits > 0 && char.IsAsciiDigit(trimmed[digits - 1])) digits--;
        return long.TryParse(trimmed[digits..], out var step) ? step : null;
    }
}
