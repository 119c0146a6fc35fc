namespace Podium.Scoring;

/// <summary>How much each part of the multi-metric score counts.</summary>
/// <remarks>All four are finite and at least 0; they need not add up to 1, for only the order of the scores matters.</remarks>
public sealed record ScoreWeights
{
    /// <summary>The published weights: 0.5, 0.3, 0.1 and 0.1.</summary>
    public static ScoreWeights Default { get; } = new(0.5, 0.3, 0.1, 0.1);

    /// <summary>Weights of one's own.</summary>
    /// <param name="evalLoss">Weight of the evaluation loss E.</param>
    /// <param name="overfitting">Weight of the overfitting penalty G.</param>
    /// <param name="perplexity">Weight of the perplexity penalty P.</param>
    /// <param name="improvement">Weight of the improvement bonus I, which is taken off.</param>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite, or all are 0.</exception>
    public ScoreWeights(double evalLoss, double overfitting, double perplexity, double improvement)
    {
        EvalLoss = Checked(evalLoss, nameof(evalLoss));
        Overfitting = Checked(overfitting, nameof(overfitting));
        Perplexity = Checked(perplexity, nameof(perplexity));
        Improvement = Checked(improvement, nameof(improvement));
        if (evalLoss + overfitting + perplexity + improvement <= 0)
            throw new ArgumentOutOfRangeException(nameof(evalLoss), evalLoss, "At least one weight must be above 0.");
    }

    /// <summary>Weight of the evaluation loss E.</summary>
    public double EvalLoss { get; }

    /// <summary>Weight of the overfitting penalty G.</summary>
    public double Overfitting { get; }

    /// <summary>Weight of the perplexity penalty P.</summary>
    public double Perplexity { get; }

    /// <summary>Weight of the improvement bonus I.</summary>
    public double Improvement { get; }

    private static double Checked(double weight, string name) =>
        double.IsFinite(weight) && weight >= 0
            ? weight
            : throw new ArgumentOutOfRangeException(name, weight, "A weight is a finite number of at least 0.");
}
