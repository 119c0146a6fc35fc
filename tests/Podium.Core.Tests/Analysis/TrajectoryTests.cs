using Podium.Analysis;
using Podium.Core.Tests.Material;
using Podium.Ranking;
using Podium.Strategies;

namespace Podium.Core.Tests.Analysis;

public sealed class TrajectoryTests
{
    [Theory]
    [InlineData(0.96, 0.88, "The training loss lies 12 % below the evaluation loss; at the best checkpoint it was 4 %, so the gap has widened.")]
    [InlineData(0.88, 0.96, "The training loss lies 4 % below the evaluation loss; at the best checkpoint it was 12 %, so the gap has narrowed.")]
    [InlineData(0.9, 0.9, "The training loss lies 10 % below the evaluation loss; at the best checkpoint it was the same.")]
    [InlineData(1.0, 0.9, "The training loss lies 10 % below the evaluation loss; at the best checkpoint they were equal, so a gap has opened.")]
    [InlineData(1.1, 0.9, "The training loss lies 10 % below the evaluation loss; at the best checkpoint it lay 10 % above, so a gap has opened.")]
    [InlineData(0.9, 1.1, "The training loss lies 10 % above the evaluation loss; at the best checkpoint it lay 10 % below, so the gap has closed.")]
    [InlineData(1.2, 1.1, "The training loss lies 10 % above the evaluation loss; at the best checkpoint it lay 20 % above.")]
    [InlineData(0.9, 1.0, "The training loss equals the evaluation loss; at the best checkpoint it lay 10 % below, so the gap has closed.")]
    public void LossGap_AgainstTheBest_SaysWhatBecameOfIt(double trainShareAtBest, double trainShareNow, string expected) =>
        Note(new HistoryOf().Loss(10, trainShareAtBest).Eval(10, 1).Loss(20, 2 * trainShareNow).Eval(20, 2).Saved(10, 20), "loss-gap").ShouldBe(expected);

    [Fact]
    public void LossGap_AtTheBest_SaysSo() =>
        Note(new HistoryOf().Loss(10, 1.8).Eval(10, 2).Saved(10), "loss-gap").ShouldBe("The training loss lies 10 % below the evaluation loss. The last evaluation is that of the best checkpoint.");

    [Fact]
    public void LossGap_NothingSaved_SpeaksOfNow() =>
        Note(new HistoryOf().Loss(10, 1.8).Eval(10, 2).SavedNothing(), "loss-gap").ShouldBe("The training loss lies 10 % below the evaluation loss.");

    [Fact]
    public void LossGap_LossBelowZero_IsToldAsItIs() =>
        Note(new HistoryOf().Loss(10, -1.5).Eval(10, -1).Loss(20, -1.25).Eval(20, -0.5).Saved(10, 20), "loss-gap")
            .ShouldBe("The training loss lies 0.75 below the evaluation loss; at the best checkpoint it was 0.5, so the gap has widened.");

    [Fact]
    public void LossGap_MissingData_IsSaid()
    {
        Note(new HistoryOf().Loss(10, 1).SavedNothing(), "loss-gap").ShouldBe("No evaluation loss was logged yet, so nothing can be said about its distance to the training loss.");
        Note(new HistoryOf().Eval(10, 1).Saved(10), "loss-gap").ShouldBe("No training loss was logged before the last evaluation.");
        Note(new HistoryOf().Eval(10, 1).Loss(20, 1).Eval(20, 2).Saved(10), "loss-gap").ShouldEndWith("; before the best checkpoint no training loss was logged.");
        Note(new HistoryOf().Loss(10, 1).Eval(10, 1).Eval(20, double.NaN).Saved(10), "loss-gap").ShouldStartWith("The last evaluation, at step 20, is not a finite number");
    }

    [Fact]
    public void Perplexity_AboveTheLowest_SaysByWhatShare() =>
        Note(new HistoryOf().Evals((300, Math.Log(5.12)), (400, Math.Log(5.41))).SavedNothing(), "perplexity").ShouldBe("Perplexity 5.41; its lowest was 5.12 at step 300, 5.4 % lower.");

    [Fact]
    public void Perplexity_OtherwiseStanding_IsSaid()
    {
        Note(new HistoryOf().Eval(10, 0).Build(), "perplexity").ShouldBe("The evaluation loss is no loss of tokens here, so it has no perplexity.");
        Note(new HistoryOf().Eval(10, Math.Log(4)).Build(), "perplexity").ShouldBe("Perplexity 4 at the only evaluation.");
        Note(new HistoryOf().Evals((10, Math.Log(4)), (20, Math.Log(2))).Build(), "perplexity").ShouldBe("Perplexity 2, the lowest so far.");
        Note(new HistoryOf().Evals((10, 1), (20, 2), (30, 1)).Build(), "perplexity").ShouldBe("Perplexity 2.72, as low as it ever was (step 10).");
        Note(new HistoryOf().Evals((10, Math.Log(4)), (20, double.NaN)).Build(), "perplexity").ShouldBe("The last evaluation, at step 20, is not a finite number; the lowest perplexity was 4 at step 10.");
        Note(new HistoryOf().Eval(10, 800).Build(), "perplexity").ShouldBe("The last evaluation, at step 10, is too high for a perplexity.");
        Note(new HistoryOf().Loss(10, 1).Build(), "perplexity").ShouldBe("No evaluation loss was logged yet, so there is no perplexity.");
    }

    [Fact]
    public void Trend_OfEvaluations_NamesThePace()
    {
        Note(new HistoryOf().Evals((1, 9), (2, 1.2), (3, 1.1), (4, 1), (5, 0.9), (6, 0.8)).Build(), "trend").ShouldBe("Falling by 10 % an evaluation over the last five.");
        Note(new HistoryOf().Evals((1, 0.9), (2, 1), (3, 1.1)).Build(), "trend").ShouldBe("Rising by 10 % an evaluation over the last three.");
        Note(new HistoryOf().Evals((1, 1.002), (2, 1), (3, 0.998)).Build(), "trend").ShouldBe("Level: a change by 0.2 % an evaluation over the last three.");
        Note(new HistoryOf().Evals((1, 1), (2, 1), (3, 1)).Build(), "trend").ShouldBe("Level: no change over the last three.");
        Note(new HistoryOf().Evals((1, 1), (2, double.NaN), (3, 1)).Build(), "trend").ShouldBe("2 finite evaluations so far; a trend needs three.");
    }

    [Fact]
    public void Trend_WithoutEvaluations_IsOfTheTrainingLoss()
    {
        var history = new HistoryOf();
        Note(history.Build(), "trend").ShouldBe("No evaluation loss and no training loss so far; a trend needs three.");
        for (var step = 1; step <= 3; step++) history.Loss(step, 2);
        Note(history.Build(), "trend").ShouldBe("No evaluation loss was logged; the training loss is level: no change over the last three.");
        for (var step = 4; step <= 40; step++) history.Loss(step, 2 - step / 40.0);
        Note(history.Build(), "trend").ShouldBe("No evaluation loss was logged; the training loss is falling by 8.1 % a stretch over five stretches of its last 20 entries.");
    }

    [Fact]
    public void SinceBest_CountsAndSaysWhatImproved()
    {
        Note(new HistoryOf().Evals((300, 1), (400, 2), (500, 1.5), (600, 1.7)).Build(), "since-best").ShouldBe("3 evaluations since the best one at step 300; 1 of them improved on the one before.");
        Note(new HistoryOf().Evals((300, 1), (400, 2), (500, 2)).Build(), "since-best").ShouldBe("2 evaluations since the best one at step 300; none of them improved on the one before.");
        Note(new HistoryOf().Evals((300, 1), (400, 2)).Build(), "since-best").ShouldBe("1 evaluation since the best one at step 300; it did not improve on the one before.");
        Note(new HistoryOf().Evals((300, 2), (400, 1)).Build(), "since-best").ShouldBe("The last evaluation, at step 400, is the best one.");
        Note(new HistoryOf().Eval(300, double.NaN).Build(), "since-best").ShouldBe("No evaluation has a finite score, so none is the best.");
        Note(new HistoryOf().Loss(300, 1).Build(), "since-best").ShouldBe("No evaluation can be called the best: the strategy does not rank this run.");
    }

    [Fact]
    public void SinceBest_ByAMetricThatRises_KnowsWhichWayIsBetter()
    {
        var run = new HistoryOf().Entry(10, ("eval_accuracy", 0.9)).Entry(20, ("eval_accuracy", 0.7)).Entry(30, ("eval_accuracy", 0.8)).SavedNothing();
        var trajectory = Trajectory.Of(Ranker.Rank(run, new MetricStrategy("eval_accuracy")));

        trajectory.Notes.Single(note => note.Code == "since-best").Message.ShouldBe("2 evaluations since the best one at step 10; 1 of them improved on the one before.");
        trajectory.Evaluations.Select(evaluation => (evaluation.Step, evaluation.EvalLoss, evaluation.Improved, evaluation.Score)).ShouldBe([(10, null, null, -0.9), (20, null, null, -0.7), (30, null, null, -0.8)]);
    }

    [Fact]
    public void Of_Run_HasItsEvaluationsWithWhatBelongsToThem()
    {
        var trajectory = Trajectory.Of(Ranker.Rank(new HistoryOf().Loss(10, 2).Eval(10, 2).Loss(20, 1).Eval(20, 1.5).Loss(30, 0.5).Eval(30, 1.75).Saved(20), new EvalLossStrategy()));

        trajectory.Evaluations[1].ShouldBe(new TrajectoryEvaluation(20, null, 1.5, 1, Math.Exp(1.5), true, 1.5));
        trajectory.OverfittingFrom.ShouldBe(trajectory.Evaluations[1]);
        trajectory.Gap.ShouldBe(new LossGap(1.25, 1.25 / 1.75));
        trajectory.Perplexity.ShouldBe(Math.Exp(1.75));
        trajectory.LowestPerplexity.ShouldBe(new PerplexityAt(Math.Exp(1.5), 20));
        trajectory.EvaluationsSinceBest.ShouldBe(1);
        trajectory.Trend.ShouldBe(LossTrend.Improving);
    }

    private static string Note(Podium.Histories.TrainingHistory history, string code) => Note(new Run(history, []), code);

    private static string Note(Run run, string code) => Trajectory.Of(Ranker.Rank(run, new EvalLossStrategy())).Notes.Single(note => note.Code == code).Message;
}
