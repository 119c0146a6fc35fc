using Podium.Server.Listing;
using Podium.Server.Pages.Words;

namespace Podium.Server.Pages.Checkpoints;

/// <summary>A figure of two checkpoints, side by side.</summary>
/// <param name="Name">What it is.</param>
/// <param name="First">That of the first.</param>
/// <param name="Second">That of the second.</param>
/// <param name="Difference">How much more it is of the second.</param>
/// <param name="Better">1 or 2: which of them is better; 0 where neither is, or it cannot be said.</param>
internal sealed record ComparedFigure(string Name, string First, string Second, string Difference, int Better)
{
    /// <summary>All figures of two checkpoints.</summary>
    public static IEnumerable<ComparedFigure> Of(ListedCheckpoint first, ListedCheckpoint second)
    {
        // Ranks and scores of two runs are those of two rankings.
        var isSameRun = first.Runs[^1] == second.Runs[^1];
        yield return Number("Rank", first.Rank, second.Rank, value => Figures.Whole((long?)value), isLowerBetter: isSameRun);
        yield return Number("Score", first.Score, second.Score, Figures.Loss, isLowerBetter: isSameRun);
        foreach (var part in first.Components.Keys.Union(second.Components.Keys, StringComparer.Ordinal))
            if (first.Components.Count > 1)
                yield return Number($"– {ScoreParts.NameOf(part)}", first.Components.GetValueOrDefault(part), second.Components.GetValueOrDefault(part), ScoreParts.FigureOf, isLowerBetter: true);
        yield return Number("Evaluation loss", first.EvalLoss, second.EvalLoss, Figures.Loss, isLowerBetter: true);
        yield return Number("Training loss", first.TrainLoss, second.TrainLoss, Figures.Loss, isLowerBetter: false);
        yield return Number("Evaluation less training loss", first.EvalLoss - first.TrainLoss, second.EvalLoss - second.TrainLoss, Figures.Loss, isLowerBetter: false);
        yield return Number("Evaluations in a row without improvement", first.EpochsWithoutImprovement, second.EpochsWithoutImprovement, value => Figures.Whole((long?)value), isLowerBetter: true);
        yield return Number("Step", first.Step, second.Step, value => Figures.Whole((long?)value), isLowerBetter: false);
        yield return Number("Epoch", first.Epoch, second.Epoch, Figures.Epoch, isLowerBetter: false);
        yield return new("Size", Figures.Bytes(first.SizeBytes), Figures.Bytes(second.SizeBytes), "", 0);
        yield return new("State", StateWords.NameOf(first.State), StateWords.NameOf(second.State), "", 0);
        yield return new("Saved", Figures.Time(first.CreatedAt), Figures.Time(second.CreatedAt), "", 0);
        if (!isSameRun || first.Runs.Count > 1 || second.Runs.Count > 1) yield return new("Runs", string.Join(", ", first.Runs), string.Join(", ", second.Runs), "", 0);
    }

    private static ComparedFigure Number(string name, double? first, double? second, Func<double?, string> say, bool isLowerBetter)
    {
        var difference = second - first;
        return new ComparedFigure(
            name,
            say(first),
            say(second),
            difference is not { } apart ? "" : apart == 0 ? "same" : apart > 0 ? $"+{say(apart)}" : $"−{say(-apart)}",
            !isLowerBetter || difference is null or 0 ? 0 : difference > 0 ? 1 : 2);
    }
}
