using Podium.Scoring;
using Podium.Strategies;

namespace Podium.Server.Listing;

/// <summary>How somebody asks to have checkpoints ranked, for one answer alone: as the job is, or by another strategy or other weights.</summary>
/// <param name="Strategy">The strategy; null: the job's own.</param>
/// <param name="Question">By which what was asked is known again; the same for a page and the API.</param>
internal sealed record AskedRanking(Strategy? Strategy, string Question)
{
    /// <summary>As the job is ranked.</summary>
    public static readonly AskedRanking Own = new(null, "");

    /// <summary>What a strategy and weights come to, as they were written, before they are read.</summary>
    /// <param name="strategy">The strategy's name; null or empty: none.</param>
    /// <param name="weights">The weights; null or empty: none.</param>
    public static string QuestionOf(string? strategy, string? weights) => string.IsNullOrEmpty(strategy) && string.IsNullOrEmpty(weights) ? "" : $"{strategy}\n{weights}";

    /// <summary>Reads a strategy and weights as they stand in an address.</summary>
    /// <param name="strategy">The strategy's name; null or empty: the job's own.</param>
    /// <param name="weights">The weights; null or empty: the strategy's own.</param>
    /// <param name="asked">What was asked.</param>
    /// <param name="fault">What is wrong, in a sentence; empty where nothing is.</param>
    /// <returns>Whether it could be read.</returns>
    public static bool TryParse(string? strategy, string? weights, out AskedRanking asked, out string fault)
    {
        asked = Own;
        fault = "";
        Strategy? named = null;
        if (!string.IsNullOrEmpty(strategy) && !StrategyParser.TryParse(strategy, out named, out fault))
        {
            fault = $"strategy: {fault}";
            return false;
        }

        if (!string.IsNullOrEmpty(weights))
        {
            if (!ScoreWeightsParser.TryParse(weights, out var read, out fault))
            {
                fault = $"weights: {fault}";
                return false;
            }

            if (named is not (null or MultiMetricStrategy))
            {
                fault = $"weights: they belong to the strategy multi-metric, not to '{named.Name}'.";
                return false;
            }

            named = new MultiMetricStrategy(new MultiMetricScorer(read), AskedFor: true);
        }

        if (named is not null) asked = new AskedRanking(named, QuestionOf(strategy, weights));
        return true;
    }
}
