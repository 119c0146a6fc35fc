using Podium.Server.Listing;

namespace Podium.Server.Tests.Pages.Checkpoints;

/// <summary>Checkpoints as a listing has them, of which only what a test looks at is said.</summary>
internal static class ListedCheckpoints
{
    public static ListedCheckpoint With(IReadOnlyDictionary<string, double?> components, double? score = null) => Any with { Components = components, Score = score };

    public static ListedCheckpoint At(long step, int rank, double? evalLoss, int run = 1) =>
        Any with { Path = $"checkpoint-{step}", Step = step, Rank = rank, EvalLoss = evalLoss, Runs = [run] };

    private static ListedCheckpoint Any { get; } = new()
    {
        Path = "checkpoint-1",
        Epoch = null,
        Step = 1,
        EvalStep = null,
        EvalLoss = null,
        TrainLoss = null,
        EpochsWithoutImprovement = null,
        Score = null,
        Components = new Dictionary<string, double?>(StringComparer.Ordinal),
        Rank = 1,
        SizeBytes = null,
        CreatedAt = null,
        State = "complete",
        Runs = [1],
        IsBest = false,
        IsLatest = false,
    };
}
