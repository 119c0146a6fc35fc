using System.Globalization;
using Podium.Evaluations;
using Podium.Histories;
using Podium.Ranking;
using static Podium.Ranking.Words;

namespace Podium.Analysis;

/// <summary>A trajectory in sentences. They compare a run with itself: what is much for one loss is little for another.</summary>
internal static class TrajectoryWords
{
    private static readonly string[] Numbers = ["none", "one", "two", "three", "four", "five"];

    public static string OnPerplexity(IReadOnlyList<Evaluation> losses, bool isOfTokens, double? perplexity, PerplexityAt? lowest)
    {
        if (losses.Count == 0) return "No evaluation loss was logged yet, so there is no perplexity.";
        if (!isOfTokens) return "The evaluation loss is no loss of tokens here, so it has no perplexity.";
        var last = losses[^1];
        if (perplexity is not { } now)
        {
            var fault = last.IsFinite ? "too high for a perplexity" : "not a finite number";
            return $"The last evaluation, at step {last.Step}, is {fault}{(lowest is { } was ? $"; the lowest perplexity was {Short(was.Perplexity)} at step {was.Step}" : "")}.";
        }

        var least = lowest!.Value;
        if (losses.Count == 1) return $"Perplexity {Short(now)} at the only evaluation.";
        if (least.Step == last.Step) return $"Perplexity {Short(now)}, the lowest so far.";
        if (least.Perplexity == now) return $"Perplexity {Short(now)}, as low as it ever was (step {least.Step}).";
        var lower = Percent(1 - least.Perplexity / now);
        return $"Perplexity {Short(now)}; its lowest was {Short(least.Perplexity)} at step {least.Step}, {(lower == "0 %" ? "hardly" : lower)} lower.";
    }

    public static string OnTrend(TrainingHistory history, IReadOnlyList<Evaluation> losses)
    {
        var (basis, entries) = LossTrends.Basis(history, losses);
        var isOfTraining = losses.Count == 0;
        if (LossTrends.Slope(basis) is not { } slope)
        {
            return isOfTraining
                ? $"No evaluation loss and {(entries == 0 ? "no training loss" : Losses(entries))} so far; a trend needs three."
                : $"{(basis.Length == 0 ? "No finite evaluation" : Count(basis.Length, "finite evaluation"))} so far; a trend needs three.";
        }

        var pace = double.IsFinite(slope) && slope != 0 ? $" by {Percent(Math.Abs(slope))}" : "";
        var (each, span) = !isOfTraining ? ("an evaluation", $"the last {Numbers[basis.Length]}")
            : entries > basis.Length ? ("a stretch", $"{Numbers[basis.Length]} stretches of its last {entries} entries")
            : ("an entry", $"the last {Numbers[basis.Length]}");
        var words = LossTrends.Of(basis) switch
        {
            LossTrend.Improving => $"falling{pace} {each} over {span}",
            LossTrend.Degrading => $"rising{pace} {each} over {span}",
            _ => slope == 0 ? $"level: no change over {span}" : $"level: a change{pace} {each} over {span}",
        };
        return isOfTraining ? $"No evaluation loss was logged; the training loss is {words}." : $"{char.ToUpperInvariant(words[0])}{words[1..]}.";
    }

    public static string SinceTheBest(SinceBest? since, int evaluations, Refusal? refusal) => since switch
    {
        null when refusal is not null => "No evaluation can be called the best: the strategy does not rank this run.",
        null => evaluations == 0 ? "There is no evaluation yet." : "No evaluation has a finite score, so none is the best.",
        { Count: 0 } => $"The last evaluation, at step {since.Step}, is the best one.",
        { Count: 1 } => $"1 evaluation since the best one at step {since.Step}; it {(since.Improved == 1 ? "improved" : "did not improve")} on the one before.",
        _ => $"{since.Count} evaluations since the best one at step {since.Step}; {(since.Improved == 0 ? "none" : since.Improved.ToString(CultureInfo.InvariantCulture))} of them improved on the one before.",
    };

    private static string Losses(int entries) => entries == 1 ? "1 training loss" : $"{entries} training losses";

    private static string Short(double perplexity) => perplexity < 1000 ? perplexity.ToString("0.##", CultureInfo.InvariantCulture) : Number(perplexity);
}
