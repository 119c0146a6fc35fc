using Podium.Evaluations;
using static Podium.Ranking.Words;

namespace Podium.Analysis;

/// <summary>The gap between the losses in a sentence, against the gap at the best checkpoint.</summary>
internal static class GapWords
{
    public static string Of(Evaluation? last, Evaluation? best)
    {
        if (last is not { } end) return "No evaluation loss was logged yet, so nothing can be said about its distance to the training loss.";
        if (!end.IsFinite) return $"The last evaluation, at step {end.Step}, is not a finite number, so its distance to the training loss cannot be told.";
        if (LossGap.At(end) is not { } now) return "No training loss was logged before the last evaluation.";
        if (best is not { } chosen) return $"{Sentence(now, isRelative: now.Relative is not null)}.";
        if (chosen.Step == end.Step) return $"{Sentence(now, isRelative: now.Relative is not null)}. The last evaluation is that of the best checkpoint.";
        if (LossGap.At(chosen) is not { } then) return $"{Sentence(now, isRelative: now.Relative is not null)}; before the best checkpoint no training loss was logged.";

        // A share is compared with a share; where one of them has none, both are told as they are.
        var isRelative = now.Relative is not null && then.Relative is not null;
        return $"{Sentence(now, isRelative)}; {Comparison(now, then, isRelative)}.";
    }

    private static string Sentence(LossGap gap, bool isRelative) =>
        gap.Absolute == 0 ? "The training loss equals the evaluation loss" : $"The training loss lies {Side(gap, isRelative)} the evaluation loss";

    private static string Comparison(LossGap now, LossGap then, bool isRelative)
    {
        var was = Size(then, isRelative);
        return (now.Absolute > 0, then.Absolute > 0) switch
        {
            _ when then.Absolute == 0 => $"at the best checkpoint they were equal{(now.Absolute > 0 ? ", so a gap has opened" : "")}",
            _ when now.Absolute > 0 == then.Absolute > 0 && Size(now, isRelative) == was => "at the best checkpoint it was the same",
            (true, true) => $"at the best checkpoint it was {was}, so the gap has {(Amount(now, isRelative) > Amount(then, isRelative) ? "widened" : "narrowed")}",
            (true, false) => $"at the best checkpoint it lay {Side(then, isRelative)}, so a gap has opened",
            (false, true) => $"at the best checkpoint it lay {Side(then, isRelative)}, so the gap has closed",
            (false, false) => $"at the best checkpoint it lay {Side(then, isRelative)}",
        };
    }

    private static string Side(LossGap gap, bool isRelative) => $"{Size(gap, isRelative)} {(gap.Absolute > 0 ? "below" : "above")}";

    private static string Size(LossGap gap, bool isRelative) => isRelative ? Percent(Amount(gap, isRelative)) : Number(Amount(gap, isRelative));

    private static double Amount(LossGap gap, bool isRelative) => Math.Abs(isRelative ? gap.Relative!.Value : gap.Absolute);
}
