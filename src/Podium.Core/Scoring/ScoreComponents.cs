namespace Podium.Scoring;

/// <summary>The weighted parts of one multi-metric score. Added up in this order they are the score.</summary>
/// <param name="EvalLoss">Weight × E.</param>
/// <param name="Overfitting">Weight × G, at least 0.</param>
/// <param name="Perplexity">Weight × P, at least 0.</param>
/// <param name="Improvement">−weight × I, at most 0.</param>
public readonly record struct ScoreComponents(double EvalLoss, double Overfitting, double Perplexity, double Improvement)
{
    /// <summary>The score: the sum of the parts. Lower is better; +∞ where the evaluation loss is missing or not finite.</summary>
    public double Total => EvalLoss + Overfitting + Perplexity + Improvement;
}
