namespace Podium.Ranking;

/// <summary>Why a strategy gives no ranking.</summary>
public enum RefusalKind
{
    /// <summary>The history has no evaluation.</summary>
    NoEvaluation,

    /// <summary>There are several evaluation sets and none is the main one; one must be named.</summary>
    SeveralEvaluationSets,

    /// <summary>The evaluation loss is none of tokens; the score would mean nothing.</summary>
    NotATokenLoss,

    /// <summary>A metric that was asked for is not in the history.</summary>
    UnknownMetric,

    /// <summary>A metric's direction is not known and was not given.</summary>
    UnknownDirection,

    /// <summary>What the trainer chose by cannot be told from its files.</summary>
    TrainerMetricUnclear,
}

/// <summary>A strategy's plain answer that it cannot rank a run.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Message">Why, in words, and what to do.</param>
public sealed record Refusal(RefusalKind Kind, string Message)
{
    /// <summary>A strategy that would work, as it is written on the command line, e.g. <c>metric:eval_wer:min</c>.</summary>
    public string? Proposal { get; init; }

    /// <summary>Whether the question was wrong (a metric that is not there), not the run.</summary>
    public bool IsWrongArgument => Kind is RefusalKind.UnknownMetric or RefusalKind.UnknownDirection;

    /// <summary>The kind as programs know it, e.g. <c>no-evaluation</c>.</summary>
    public string Code => Kind switch
    {
        RefusalKind.NoEvaluation => "no-evaluation",
        RefusalKind.SeveralEvaluationSets => "several-evaluation-sets",
        RefusalKind.NotATokenLoss => "not-a-token-loss",
        RefusalKind.UnknownMetric => "unknown-metric",
        RefusalKind.UnknownDirection => "unknown-direction",
        _ => "trainer-metric-unclear",
    };
}
