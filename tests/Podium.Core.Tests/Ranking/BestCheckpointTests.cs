using Podium.Core.Tests.Material;
using Podium.Ranking;
using Podium.Strategies;

namespace Podium.Core.Tests.Ranking;

public sealed class BestCheckpointTests
{
    [Fact]
    public void Rank_LowestScore_IsTheBest()
    {
        // 20 has the lower loss, 10 no overfitting: 0.5 + 0.0136 − 0.1 against 0.475 + 0.27 + 0.0129 − 0.1.
        var ranking = Ranker.Rank(new HistoryOf().Loss(10, 1).Eval(10, 1).Loss(20, 0.095).Eval(20, 0.95).Saved(10, 20));

        ranking.BestStep().ShouldBe(10);
        ranking.Best!.Score.ShouldBe(0.4136, 0.00005);
        ranking.Checkpoints[1].Score.ShouldBe(0.6579, 0.00005);
        ranking.Checkpoints.Select(ranked => ranked.Rank).ShouldBe([1, 2]);
    }

    [Fact]
    public void Rank_Parts_AreNamedAndAddUp()
    {
        var best = Ranker.Rank(new HistoryOf().Loss(10, 0.45).Eval(10, 0.5).Saved(10)).Best!;

        best.Parts.Select(part => part.Name).ShouldBe(["eval_loss", "overfitting", "perplexity", "improvement"]);
        best.Parts.Sum(part => part.Value).ShouldBe(best.Score, 1e-12);
    }

    [Fact]
    public void Rank_MissingTrainLoss_AppliesNoPenalty() =>
        Ranker.Rank(new HistoryOf().Eval(10, 1).Saved(10)).Best!.Parts[1].Value.ShouldBe(0);

    [Fact]
    public void Rank_SameScore_LowerEvalLossWins()
    {
        // By the improvement alone both stand at −1.
        var strategy = new MultiMetricStrategy(new(new(0, 0, 0, 1)));

        Ranker.Rank(new HistoryOf().Evals((10, 3), (20, 2), (30, 2.5)).Saved(10, 20, 30), strategy).Order().ShouldBe([20, 10, 30]);
    }

    [Fact]
    public void Rank_SameScoreAndLoss_LowerStepWins() =>
        Ranker.Rank(new HistoryOf().Evals((10, 2), (20, 2), (30, 2)).Saved(30, 20, 10)).Order().ShouldBe([10, 20, 30]);

    [Fact]
    public void Rank_OwnEvaluationIsNaN_NeverWins()
    {
        var ranking = Ranker.Rank(new HistoryOf().Evals((10, 3), (20, double.NaN)).Saved(10, 20));

        ranking.BestStep().ShouldBe(10);
        ranking.Checkpoints[1].Score.ShouldBe(double.PositiveInfinity);
        ranking.Checkpoints[1].Parts.ShouldBeEmpty();
        ranking.WarningCodes().ShouldContain("non-finite-evaluation");
    }

    [Fact]
    public void Rank_OnlyNaN_HasNoBest()
    {
        var ranking = Ranker.Rank(new HistoryOf().Evals((10, double.NaN), (20, double.PositiveInfinity)).Saved(10, 20));

        ranking.Best.ShouldBeNull();
        ranking.BestEvaluation.ShouldBeNull();
        ranking.Latest!.Checkpoint.Step.ShouldBe(20);
    }

    [Fact]
    public void Rank_NearMatchWithALowerScore_RanksBelowAnOwnEvaluation()
    {
        var ranking = Ranker.Rank(new HistoryOf().Evals((10, 3), (20, 1)).Saved(10, 18));

        ranking.Order().ShouldBe([10, 18]);
        ranking.Checkpoints[1].Scored!.Value.Step.ShouldBe(20);
        ranking.Checkpoints[1].IsOwnEvaluation.ShouldBeFalse();
        ranking.WarningCodes().ShouldContain("near-evaluation");
    }

    [Fact]
    public void Rank_NoOwnEvaluationAtAll_TakesTheBestNearOneWithAWarning()
    {
        var ranking = Ranker.Rank(new HistoryOf().Evals((10, 3), (20, 1)).Saved(12, 18));

        ranking.BestStep().ShouldBe(18);
        ranking.Warning("no-own-evaluation").ShouldContain("step 20");
    }

    [Fact]
    public void Rank_OwnEvaluationsAllNaN_TakesANearOneWithAWarning()
    {
        var ranking = Ranker.Rank(new HistoryOf().Evals((10, 3), (20, double.NaN)).Saved(12, 20));

        ranking.BestStep().ShouldBe(12);
        ranking.WarningCodes().ShouldContain("no-own-evaluation");
    }

    [Fact]
    public void Rank_NothingNearEnough_LeavesItUnscored()
    {
        var ranking = Ranker.Rank(new HistoryOf().Evals((10, 3), (20, 1)).Saved(20, 100));

        ranking.Checkpoints[1].Scored.ShouldBeNull();
        ranking.Checkpoints[1].IsLatest.ShouldBeTrue();
    }

    [Theory]
    [InlineData(CheckpointState.Damaged)]
    [InlineData(CheckpointState.Incomplete)]
    public void Rank_BestIsUnusable_TakesTheNextWithAWarning(CheckpointState state)
    {
        var ranking = Ranker.Rank(new HistoryOf().Evals((10, 3), (20, 1)).Saved(HistoryOf.At(10), HistoryOf.At(20, state)));

        ranking.Order().ShouldBe([10, 20]);
        ranking.Best!.Checkpoint.Step.ShouldBe(10);
        ranking.Warning("best-unusable").ShouldContain("checkpoint-20");
    }

    [Fact]
    public void Rank_AllUnusable_HasNoBest() =>
        Ranker.Rank(new HistoryOf().Eval(10, 3).Saved(HistoryOf.At(10, CheckpointState.Damaged))).Best.ShouldBeNull();

    [Theory]
    [InlineData(CheckpointState.Weightless)]
    [InlineData(CheckpointState.NeedsConsolidation)]
    public void Rank_WithoutReadyWeights_IsRecommendedAllTheSame(CheckpointState state) =>
        Ranker.Rank(new HistoryOf().Evals((10, 3), (20, 1)).Saved(HistoryOf.At(10), HistoryOf.At(20, state))).BestStep().ShouldBe(20);

    [Fact]
    public void Rank_BestEvaluationWasNotSaved_NamesItsStep()
    {
        var ranking = Ranker.Rank(new HistoryOf().Evals((10, 3), (20, 1), (30, 2)).Saved(10, 30));

        ranking.BestStep().ShouldBe(30);
        ranking.BestEvaluation!.Step.ShouldBe(20);
        ranking.BestEvaluation.EvalLoss.ShouldBe(1);
        ranking.Warning("best-evaluation-not-saved").ShouldContain("step 20");
    }

    [Fact]
    public void Rank_BestEvaluationWasSaved_SaysNothing() =>
        Ranker.Rank(new HistoryOf().Evals((10, 3), (20, 1)).Saved(10, 20)).Warnings.ShouldBeEmpty();

    [Fact]
    public void Rank_NoCheckpoints_StillNamesTheBestEvaluation()
    {
        var ranking = Ranker.Rank(new HistoryOf().Evals((10, 3), (20, 1)).SavedNothing());

        ranking.Best.ShouldBeNull();
        ranking.Latest.ShouldBeNull();
        ranking.BestEvaluation!.Step.ShouldBe(20);
    }

    [Fact]
    public void Rank_AllKinds_StandInTheirOrder()
    {
        var ranking = Ranker.Rank(new HistoryOf().Evals((10, 3), (20, 2), (30, double.NaN), (40, 1.5)).Saved(
            HistoryOf.At(40, CheckpointState.Damaged), HistoryOf.At(30), HistoryOf.At(22), HistoryOf.At(20), HistoryOf.At(10), HistoryOf.At(99)));

        ranking.Order().ShouldBe([20, 10, 22, 30, 99, 40]);
        ranking.Checkpoints.Select(ranked => ranked.Rank).ShouldBe([1, 2, 3, 4, 5, 6]);
        ranking.Checkpoints.Count(ranked => ranked.IsBest).ShouldBe(1);
        ranking.Latest!.Checkpoint.Step.ShouldBe(99);
    }

    [Fact]
    public void Rank_Latest_IsTheHighestStepAlsoWhenDamaged() =>
        Ranker.Rank(new HistoryOf().Evals((10, 3), (20, 2)).Saved(HistoryOf.At(10), HistoryOf.At(20, CheckpointState.Damaged))).Latest!.Checkpoint.Step.ShouldBe(20);

    [Fact]
    public void Rank_EmptyHistory_Refuses()
    {
        var ranking = Ranker.Rank(new HistoryOf().Saved(10));

        ranking.Refusal!.Kind.ShouldBe(RefusalKind.NoEvaluation);
        ranking.Best.ShouldBeNull();
        ranking.Checkpoints.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("eval_loss")]
    [InlineData("metric:eval_wer")]
    public void Rank_EvaluatedOnlyInLinesWithoutStep_Refuses(string by)
    {
        Strategy strategy = by == "eval_loss" ? new EvalLossStrategy() : new MetricStrategy("eval_wer");
        var ranking = Ranker.Rank(new HistoryOf().Loss(10, 1).Entry(double.NaN, ("eval_loss", 1), ("eval_wer", 0.5)).Saved(10), strategy);

        ranking.Refusal!.Kind.ShouldBe(RefusalKind.NoEvaluation);
        ranking.Refusal.Message.ShouldContain("without a step");
        ranking.Best.ShouldBeNull();
    }

    [Fact]
    public void Rank_OnlyOtherEvaluationMetrics_NamesThemAndProposesOne()
    {
        var refusal = Ranker.Rank(new HistoryOf().Loss(10, 1).Entry(10, ("eval_wer", 0.2), ("eval_runtime", 4)).Saved(10)).Refusal!;

        refusal.Kind.ShouldBe(RefusalKind.NoEvaluation);
        refusal.Message.ShouldContain("eval_wer");
        refusal.Message.ShouldNotContain("eval_runtime");
        refusal.Proposal.ShouldBe("metric:eval_wer");
    }

    [Fact]
    public void Rank_TrainLossOnAnotherScale_Warns() =>
        Ranker.Rank(new HistoryOf().Loss(10, 8).Eval(10, 2).Loss(20, 7).Eval(20, 1.5).Saved(10, 20)).WarningCodes().ShouldContain("train-loss-scale");
}
