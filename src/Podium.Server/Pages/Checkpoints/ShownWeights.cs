using Podium.Scoring;
using Podium.Server.Listing;

namespace Podium.Server.Pages.Checkpoints;

/// <summary>A weight of the score, as its slider shows it.</summary>
/// <param name="Part">The part of the score, by the name that programs know.</param>
/// <param name="Value">How much it counts.</param>
/// <param name="Published">How much it counts by the published weights.</param>
public sealed record ShownWeight(string Part, double Value, double Published)
{
    // Weights of one's own may be finer than a slider's steps, or larger than its range.
    private const double UsualStep = 0.05;

    public string Id => $"weight-{ScoreParts.ClassOf(Part)}";

    public string Highest => Math.Max(1, Math.Ceiling(Value)).ToString();

    public string Step => Math.Abs(Math.Round(Value / UsualStep) - (Value / UsualStep)) < 1e-9 ? UsualStep.ToString() : "any";
}

/// <summary>The weights of the score beside the published ones.</summary>
internal static class ShownWeights
{
    /// <summary>The four, in the order in which they are written.</summary>
    /// <param name="weights">Those of the ranking; null where it has none: then the published ones.</param>
    public static ShownWeight[] Of(ListedWeights? weights)
    {
        var published = Published;
        var shown = weights ?? published;
        return
        [
            new("eval_loss", shown.EvalLoss, published.EvalLoss),
            new("overfitting", shown.Overfitting, published.Overfitting),
            new("perplexity", shown.Perplexity, published.Perplexity),
            new("improvement", shown.Improvement, published.Improvement),
        ];
    }

    /// <summary>Whether a ranking has the published weights, or none.</summary>
    public static bool ArePublished(ListedWeights? weights) => weights is null || weights == Published;

    private static ListedWeights Published { get; } = Of(ScoreWeights.Default);

    private static ListedWeights Of(ScoreWeights weights) => new(weights.EvalLoss, weights.Overfitting, weights.Perplexity, weights.Improvement);
}
