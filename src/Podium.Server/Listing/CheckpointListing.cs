using System.Text.Json.Serialization;
using Podium.Ranking;

namespace Podium.Server.Listing;

/// <summary>The checkpoints of a job. Programs read these names: they never change, and fields are only added.</summary>
public sealed record CheckpointListing
{
    /// <summary>True; in the answer to <c>list?jobId=</c> alone, as clients of the old system read it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Success { get; init; }

    /// <summary>How many checkpoints there are, in words; in the answer to <c>list?jobId=</c> alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Message { get; init; }

    public required string JobId { get; init; }

    /// <summary>How they are ranked.</summary>
    public required string Strategy { get; init; }

    /// <summary>The weights of the score; null where the strategy has none.</summary>
    public required ListedWeights? Weights { get; init; }

    /// <summary>The newest step first, each checkpoint once, scored in the newest run that has it.</summary>
    public required IReadOnlyList<ListedCheckpoint> Checkpoints { get; init; }

    /// <summary>The path of the best one of the newest run; null where nothing can be recommended.</summary>
    public required string? BestCheckpoint { get; init; }

    /// <summary>The path of the one with the highest step of the newest run.</summary>
    public required string? LatestCheckpoint { get; init; }

    /// <summary>The best evaluation of the newest run, saved or not.</summary>
    public required ListedEvaluation? BestEvaluation { get; init; }

    /// <summary>folder; database where the run folder is not known or cannot be reached: then it is what was last known.</summary>
    public required string Source { get; init; }

    /// <summary>Where the checkpoints lie; null where that is not known.</summary>
    public required string? RunFolder { get; init; }

    /// <summary>The number of the newest run.</summary>
    public required int Run { get; init; }

    /// <summary>Whether two strategies would pick different checkpoints.</summary>
    public required bool StrategiesDisagree { get; init; }

    /// <summary>What each strategy would pick, and what that costs in the others' terms.</summary>
    public required IReadOnlyList<ListedPick> Strategies { get; init; }

    /// <summary>What to know before using the best.</summary>
    public required IReadOnlyList<ListedNote> Warnings { get; init; }

    /// <summary>Always null; in the answer to <c>list?jobId=</c> too, whose refusals are problem details.</summary>
    public string? Error { get; init; }

    /// <summary>Why the best is the best, and how the runs went; where that was asked for alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ListingExplanation? Explanation { get; init; }
}

/// <summary>A checkpoint of a listing.</summary>
public sealed record ListedCheckpoint
{
    /// <summary>Its folder, relative to the run folder.</summary>
    public required string Path { get; init; }

    public required double? Epoch { get; init; }

    public required long Step { get; init; }

    /// <summary>The step of the evaluation by which it is judged; another than its own where it has none of its own.</summary>
    public required long? EvalStep { get; init; }

    public required double? EvalLoss { get; init; }

    public required double? TrainLoss { get; init; }

    public required int? EpochsWithoutImprovement { get; init; }

    /// <summary>What the strategy sorts by, lower is better; null where there is nothing to score.</summary>
    public required double? Score { get; init; }

    /// <summary>The parts that add up to the score.</summary>
    public required IReadOnlyDictionary<string, double?> Components { get; init; }

    /// <summary>Its place in the ranking of its run, from 1.</summary>
    public required int Rank { get; init; }

    /// <summary>The bytes of all its files; null where it was reported without them.</summary>
    public required long? SizeBytes { get; init; }

    public required DateTime? CreatedAt { get; init; }

    /// <summary>complete, incomplete, damaged, needs-consolidation or weightless.</summary>
    public required string State { get; init; }

    /// <summary>The numbers of the runs that have it, the newest last: that is the one that it is scored in.</summary>
    public required IReadOnlyList<int> Runs { get; init; }

    public required bool IsBest { get; init; }

    public required bool IsLatest { get; init; }

    /// <summary>Why it stands where it stands in the ranking of its run; where that was asked for alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ListedNote>? Reasons { get; init; }
}

/// <summary>How much each part of the score counts.</summary>
public sealed record ListedWeights(double EvalLoss, double Overfitting, double Perplexity, double Improvement);

/// <summary>An evaluation with its score.</summary>
public sealed record ListedEvaluation(long Step, double? EvalLoss, double? Score);

/// <summary>What a strategy would pick.</summary>
public sealed record ListedPick(string Strategy, string Metric, string BestCheckpoint, long Step, double? EvalLoss, IReadOnlyList<ListedCost> Costs);

/// <summary>What a pick gives up in the terms of a strategy.</summary>
public sealed record ListedCost(string Strategy, double? Score, double? Behind, double? Share);

/// <summary>A fixed word for programs, and a sentence for people.</summary>
public sealed record ListedNote(string Code, string Message)
{
    public static ListedNote Of(RankingNote note) => new(note.Code, note.Message);
}
