using Podium.Ranking;
using Podium.Strategies;

namespace Podium.Checkpoints.Tests.RunFolders;

/// <summary>Each folder of hf-runs, by hand: score = 0.5·E + 0.3·G + 0.1·P − 0.1·I, where E above ln 20 makes P = 1.</summary>
public sealed class RealRunsByHandTests
{
    private const double Rounding = ByHand.Rounding;

    [Fact]
    public void Full_LossFallsToTheEnd_TheLastIsBest()
    {
        var ranking = ByHand.RankOne("hf-runs/gpt2-full");

        // T: the mean of the four losses 3.6388, 3.5902, 3.5798, 3.6151 logged at 185 to 200; G = (E − T) / E; P and I are 1 and cancel out.
        ranking.ShouldBeBest("checkpoint-200", 4.414287567138672, 3.6059664726257323, 2.2620782038275675);
        // Loss falls with every evaluation, the gap grows less: by score the order is that of the steps.
        ranking.Order().ShouldBe(["200", "180", "160", "140", "120", "100", "80", "60", "40", "20"]);
        ranking.Warnings.ShouldBeEmpty();
        ranking.Latest!.Checkpoint.Path.ShouldBe("checkpoint-200");
        ranking.Run.TrainerChoice.ShouldBe(new TrainerChoice(4.414287567138672, 200, 200));
    }

    [Fact]
    public void Lora_AdaptersCount_TheLastIsBest()
    {
        var ranking = ByHand.RankOne("hf-runs/gpt2-lora");

        ranking.ShouldBeBest("checkpoint-100", 5.771825313568115, 5.7725698852539065, 2.8859126567840576);
        ranking.Checkpoints.ShouldAllBe(ranked => ranked.Checkpoint.State == CheckpointState.Complete);
        // T lies above E: no gap, so the score is E / 2.
        ranking.Best!.Score.ShouldBe(5.771825313568115 / 2, Rounding);
    }

    [Fact]
    public void Resumed_AnotherMaxSteps_IsOneRun() =>
        ByHand.RankOne("hf-runs/gpt2-resumed").ShouldBeBest("checkpoint-150", 4.557786464691162, 4.126796913146973, 2.3072615787928994);

    [Fact]
    public void Forked_TwoRuns_RecommendsThatOfTheResumedOne()
    {
        var folder = ByHand.Rank("hf-runs/gpt2-forked");

        // Written within 2 s of each other (a copy): 60, 80 and 90 are the resumed run's own, 100 alone the older one's.
        folder.Runs.Count.ShouldBe(2);
        folder.Recommended!.Checkpoint.Path.ShouldBe("checkpoint-90");
        folder.Runs[0].Checkpoints.Select(ranked => ranked.Checkpoint.Step).Order().ShouldBe([20, 40, 60, 80, 90]);
        folder.Runs[1].Checkpoints.Select(ranked => ranked.Checkpoint.Step).Order().ShouldBe([20, 40, 100]);
        folder.Runs[0].ShouldBeBest("checkpoint-90", 4.609917640686035, 4.456250762939453, 2.3149590127362845);
        folder.Runs[1].ShouldBeBest("checkpoint-100", 4.637628555297852, 4.289051723480225, 2.341363097223065);
        folder.Folder.Warnings.ShouldHaveSingleItem().Code.ShouldBe("several-runs");
        // Evaluations at 60 and 80 of the older run have lost their checkpoints, but neither is its best.
        folder.Runs[1].Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Diverged_NaNFromStep60On_RecommendsTheLastGoodOne()
    {
        var ranking = ByHand.RankOne("hf-runs/gpt2-diverged");

        // T: losses 4.7848, 4.7180, 4.6501, 4.6013 at 25 to 40.
        ranking.ShouldBeBest("checkpoint-40", 4.796485900878906, 4.688548564910889, 2.404993976390446);
        ranking.Order().ShouldBe(["40", "20", "60", "80", "100"]);
        ranking.Checkpoints.Skip(2).ShouldAllBe(ranked => double.IsPositiveInfinity(ranked.Score) && ranked.IsOwnEvaluation);
        ranking.Codes().ShouldBe(["non-finite-evaluation"]);
        ranking.Warnings[0].Message.ShouldStartWith("3 evaluations are NaN or infinite, the first at step 60");
        ranking.Refusal.ShouldBeNull();
    }

    [Fact]
    public void TwoEvaluationSets_NoneNamed_IsNotGuessed()
    {
        var ranking = ByHand.RankOne("hf-runs/gpt2-two-eval-sets");

        ranking.Best.ShouldBeNull();
        ranking.Refusal!.Kind.ShouldBe(RefusalKind.SeveralEvaluationSets);
        ranking.Refusal.Message.ShouldContain("eval_far_loss, eval_near_loss");
        ranking.Refusal.Message.ShouldContain("--eval-loss-key eval_");
    }

    [Fact]
    public void TwoEvaluationSets_OneNamed_IsRankedByIt()
    {
        ByHand.RankOne("hf-runs/gpt2-two-eval-sets", evalLossKey: "eval_near_loss").ShouldBeBest("checkpoint-100", 4.4690775871276855, 4.289574718475341, 2.2465884524802173);
        ByHand.RankOne("hf-runs/gpt2-two-eval-sets", evalLossKey: "eval_far_loss").ShouldBeBest("checkpoint-100", 4.6372857093811035, 4.289574718475341, 2.341137327494051);
        ByHand.RankOne("hf-runs/gpt2-two-eval-sets", evalLossKey: "eval_loss").Refusal!.Kind.ShouldBe(RefusalKind.UnknownMetric);
    }

    [Fact]
    public void Epochs_OneEvaluationAnEpoch_TheLastIsBest() =>
        // One loss an epoch, so T is that loss.
        ByHand.RankOne("hf-runs/gpt2-epochs").ShouldBeBest("checkpoint-64", 4.780086994171143, 4.548073768615723, 2.404604731588521);

    [Fact]
    public void NoEvaluation_IsRefusedAndNamesTheNewestComplete()
    {
        var ranking = ByHand.RankOne("hf-runs/gpt2-no-eval");

        ranking.Best.ShouldBeNull();
        ranking.Refusal!.Kind.ShouldBe(RefusalKind.NoEvaluation);
        ranking.Refusal.Message.ShouldContain("The newest complete checkpoint is checkpoint-60.");
        ranking.Latest!.Checkpoint.Path.ShouldBe("checkpoint-60");
    }

    [Fact]
    public void Sharded_WeightsInThreeFiles_AreComplete()
    {
        var ranking = ByHand.RankOne("hf-runs/gpt2-sharded");

        ranking.ShouldBeBest("checkpoint-60", 4.798314571380615, 4.608159732818604, 2.4110461376444614);
        ranking.Checkpoints.ShouldAllBe(ranked => ranked.Checkpoint.State == CheckpointState.Complete);
    }

    [Fact]
    public void Overfit_TheFirstIsBestAndTheOthersFollowInTime()
    {
        var ranking = ByHand.RankOne("hf-runs/gpt2-overfit");

        ranking.ShouldBeBest("checkpoint-20", 4.9294891357421875, 4.80597333908081, 2.472261521043734);
        ranking.Order().ShouldBe([.. Enumerable.Range(1, 20).Select(i => $"{20 * i}")]);
        // At 60: E = 5.6907, T = 2.4556, not improved: 2.8453 + 0.3 · 0.5685 + 0.1.
        ranking.Checkpoints[2].Score.ShouldBe(3.115885175622728, Rounding);
        ranking.Checkpoints[2].Scored!.Value.EpochsWithoutImprovement.ShouldBe(2);
    }

    [Fact]
    public void Limit_BestEvaluationWasRotatedAway_SaysItsStep()
    {
        var ranking = ByHand.RankOne("hf-runs/llama-limit");

        // 120 would have 2.1477 and was deleted; 140 2.1513 too. Of 100 (2.1605), 160 (2.1545) and 180 (2.2567) the middle one.
        ranking.ShouldBeBest("checkpoint-160", 4.184274196624756, 3.3149879455566404, 2.154462333960366);
        ranking.Order().ShouldBe(["160", "100", "180"]);
        ranking.BestEvaluation!.Step.ShouldBe(120);
        ranking.BestEvaluation.Score.ShouldBe(2.147730932378001, Rounding);
        ranking.Codes().ShouldBe(["best-evaluation-not-saved"]);
        ranking.Warnings[0].Message.ShouldContain("(step 120,");
    }

    [Fact]
    public void Limit_ByTheTrainersOwnChoice_IsTheOneWithTheBestAccuracy() =>
        // best_metric 0.12633 at step 100 is eval_token_accuracy there.
        ByHand.RankOne("hf-runs/llama-limit", new TrainerStrategy()).Best!.Checkpoint.Path.ShouldBe("checkpoint-100");

    [Fact]
    public void Sft_TokenCountsAmongTheEvaluationMetrics_DoNotDisturb()
    {
        var ranking = ByHand.RankOne("hf-runs/trl-sft");

        ranking.ShouldBeBest("checkpoint-60", 4.808954238891602, 4.765633392333984, 2.407179630911221);
        ranking.Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("hf-runs/lightning-csv/checkpoints")]
    public void Lightning_RowsAreCountedOneHigher_TheSecondEpochIsBest(string folder)
    {
        var ranking = ByHand.RankOne(folder);

        // Row 19: val_loss 0.42836, train_loss_epoch 0.42629, so hardly a gap; G costs 0.0550 at step 30 and more after.
        // 0.5 · 0.42836 + 0.3 · 0.004840 + 0.1 · e^0.42836 / 20 − 0.1.
        ranking.ShouldBeBest("epoch=1-step=20-val_loss=0.428.ckpt", 0.4283594787120819, 0.426286518573761, 0.12330521787189025);
        ranking.Checkpoints.Count.ShouldBe(12);
        ranking.Checkpoints.ShouldAllBe(ranked => ranked.IsOwnEvaluation);
        ranking.Latest!.Checkpoint.Path.ShouldBe("epoch=11-step=120-val_loss=0.295.ckpt");
        // The lowest val_loss is at step 60: the score costs more than 5 % of it, and says so.
        ranking.Codes().ShouldContain("eval-loss-cost");
        ByHand.RankOne(folder, new EvalLossStrategy()).Best!.Checkpoint.Step.ShouldBe(60);
    }
}
