using Podium.Ranking;
using Podium.Strategies;

namespace Podium.Checkpoints.Tests.RunFolders;

/// <summary>The hard folders of the corpus, by hand from the raw files. P = e^E / 20 where E is below ln 20.</summary>
public sealed class CorpusByHandTests
{
    private const double Rounding = ByHand.Rounding;

    [Fact]
    public void SeveralRuns_EightInOneFolder_AreToldApart()
    {
        // Ten files of 300 steps, one each of 238 (of 340), 245 (of 490), 468 (of 585), 450, 650, three each of 480 and of 680 steps.
        var folder = ByHand.Rank("corpus/DevJGraham__neiss_pedestrian_accounts/results");

        folder.Runs.Select(run => run.Checkpoints.Count).Order().ShouldBe([1, 1, 1, 1, 1, 3, 3, 10]);
        folder.With("checkpoint-300").Checkpoints.Count.ShouldBe(10);
        folder.With("checkpoint-480").Checkpoints.Select(ranked => ranked.Checkpoint.Step).Order().ShouldBe([288, 432, 480]);
        folder.With("checkpoint-680").Checkpoints.Select(ranked => ranked.Checkpoint.Step).Order().ShouldBe([544, 612, 680]);
        folder.Folder.Warnings.Select(warning => warning.Code).ShouldBe(["several-runs"]);
    }

    [Fact]
    public void NoTrainingLoss_ThereIsNoGap()
    {
        // The run of 300 steps logged no loss: 0.5 · 0.41085 + 0.1 · e^0.41085 / 20 − 0.1.
        var ranking = ByHand.Rank("corpus/DevJGraham__neiss_pedestrian_accounts/results").With("checkpoint-300");

        ranking.ShouldBeBest("checkpoint-60", 0.4108509123325348, trainLoss: null, 0.11296595866932194);
        ranking.Order()[1].ShouldBe("120");
        // 0.58248 after 0.63548: improved, though far from the best.
        ranking.Checkpoints[1].Score.ShouldBe(0.20019043182095317, Rounding);
    }

    [Fact]
    public void EvaluationsOffTheSavedSteps_TheNearestIsTakenAndSaidSo()
    {
        // Evaluated at 782, 1564, 2346, saved every 500 and at 3128; the median distance is 782.
        var ranking = ByHand.RankOne("corpus/RTiberiu__CM4107-Advanced-Artificial-Intelligence-CW/results");

        // T at 1564: the losses at 1000 and 1500, with equal weight.
        ranking.ShouldBeBest("checkpoint-1500", 0.20263418555259705, 0.2253, 0.007440214781294682);
        ranking.Checkpoints.OrderBy(ranked => ranked.Checkpoint.Step).Select(ranked => ranked.Scored?.Step).ShouldBe([782, 782, 1564, 2346, 2346, 2346, 2346]);
        ranking.Checkpoints.ShouldAllBe(ranked => !ranked.IsOwnEvaluation);
        ranking.Codes().ShouldContain("no-own-evaluation");
    }

    [Fact]
    public void EvaluationsOffTheSavedSteps_OfEqualOnesTheEarliestLeads()
    {
        // Evaluated at 1758 and 3516 only; saved every 500. 3000 to 5000 and 5274 take that at 3516.
        var ranking = ByHand.RankOne("corpus/advaithbalram__Jurisight/results");

        ranking.Best!.Checkpoint.Path.ShouldBe("checkpoint-3000");
        ranking.Best.Score.ShouldBe(1.3022224202771202, Rounding);
        ranking.Order().ShouldBe(["3000", "3500", "4000", "4500", "5000", "5274", "500", "1000", "1500", "2000", "2500"]);
    }

    [Fact]
    public void BestOneRotatedAway_TheOneThatIsLeftIsRecommendedWithAWarning()
    {
        // Four evaluations, one checkpoint. At 1000: E = 0.9028, T = 0.7921; later the gap outweighs what the loss gains.
        var ranking = ByHand.RankOne("corpus/duongtruongbinh__Kalapa2023");

        ranking.ShouldBeBest("checkpoint-4000", 0.8533188700675964, 0.5687, 0.43845957620190756);
        ranking.BestEvaluation!.Step.ShouldBe(1000);
        ranking.BestEvaluation.Score.ShouldBe(0.4005070413218711, Rounding);
        ranking.Codes().ShouldContain("best-evaluation-not-saved");
    }

    [Fact]
    public void NaNEvaluation_OfPreferenceTraining_RanksWithWarnings()
    {
        // Rewards beside a positive eval_loss, no loss of 0: it ranks. The evaluation at 600 is NaN; there is no checkpoint.
        var ranking = ByHand.RankOne("corpus/ccccai239__llama2-7b-miniguanaco-dpo/dpo_model");

        ranking.Refusal.ShouldBeNull();
        ranking.Best.ShouldBeNull();
        ranking.Checkpoints.ShouldBeEmpty();
        ranking.BestEvaluation!.Step.ShouldBe(1000);
        ranking.BestEvaluation.EvalLoss.ShouldBe(0.4614259600639343);
        ranking.BestEvaluation.Score.ShouldBe(0.13864465214446306, Rounding);
        ranking.Codes().ShouldContain("non-finite-evaluation");
        ranking.Codes().ShouldContain("not-a-token-loss");
        ranking.Warnings.Single(warning => warning.Code == "non-finite-evaluation").Message.ShouldStartWith("1 evaluation is NaN or infinite, the first at step 600");
    }

    [Fact]
    public void SixEvaluationSetsAndNoEvalLoss_NoneIsGuessed()
    {
        var ranking = ByHand.RankOne("corpus/aigoncharov__trainer_state_viz");

        ranking.Refusal!.Kind.ShouldBe(RefusalKind.SeveralEvaluationSets);
        foreach (var set in Enumerable.Range(0, 6)) ranking.Refusal.Message.ShouldContain($"eval_g{set}_loss");
        ByHand.RankOne("corpus/aigoncharov__trainer_state_viz", evalLossKey: "eval_g3_loss").BestEvaluation.ShouldNotBeNull();
    }

    [Fact]
    public void EntriesWithoutStep_DoNotCount()
    {
        // Windows line ends; ten predict_* entries without step; a file in the run folder and no checkpoint.
        var ranking = ByHand.RankOne("corpus/Jaong__Checkpoint-of-CPT");

        ranking.Run.History.Count.ShouldBe(31);
        ranking.Run.History.Steps.ToArray().Count(step => step < 0).ShouldBe(10);
        ranking.Checkpoints.ShouldBeEmpty();
        // At 1647 the loss logged last, at 1500, is 0.5212, above E: no gap. Later E falls to 0.4853, but T to 0.3643.
        ranking.BestEvaluation!.Step.ShouldBe(1647);
        ranking.BestEvaluation.Score.ShouldBe(0.16766054769769592, Rounding);
    }

    [Fact]
    public void WindowsPaths_OnlyTheNumberAtTheirEndCounts()
    {
        var folder = ByHand.Rank("corpus/samay-jain__Fine_tuning_Distilbert_Model_using_LoRA_Low-Rank-Adaptation/checkpoints");

        folder.Runs.Select(run => run.Checkpoints.Count).Order().ShouldBe([3, 5, 5]);
        var windows = folder.With("checkpoint-603");
        // D:\Oreilly Learning\LLM course by Paulo\…\checkpoints\checkpoint-201
        windows.Run.TrainerChoice.BestCheckpointStep.ShouldBe(201);
        windows.ShouldBeBest("checkpoint-603", 0.0007709570345468819, 0.01451, -0.09461066521123501);
        folder.With("checkpoint-250").ShouldBeBest("checkpoint-100", 0.6243649125099182, 0.61678, 0.22516221671496509);
        folder.With("checkpoint-2500").ShouldBeBest("checkpoint-500", 0.3420293927192688, 0.489944, 0.07805370473976156);
    }

    [Fact]
    public void EmptyHistory_IsRefusedAndNamesWhatIsThere()
    {
        var ranking = ByHand.RankOne("corpus/promptedbyesha__llm-finetuning-cloud");

        ranking.Checkpoints.ShouldHaveSingleItem().Checkpoint.ShouldSatisfyAllConditions(
            checkpoint => checkpoint.Step.ShouldBe(1),
            checkpoint => checkpoint.Epoch.ShouldBe(1));
        ranking.Refusal!.Kind.ShouldBe(RefusalKind.NoEvaluation);
    }

    [Fact]
    public void FolderStateThatLengthens_AddsTheClosingEntryOnly()
    {
        // 95 entries against the 94 of checkpoint-3765.
        var ranking = ByHand.RankOne("corpus/tasfiahmrinmoyee__Gemma3-1B-Instruct-outputs");

        ranking.Run.History.Count.ShouldBe(95);
        ranking.Checkpoints.Count.ShouldBe(19);
        // The lowest eval_loss is at the end (0.7327); its gap of 0.4269 costs more than the 1.4 % that it is lower.
        ranking.ShouldBeBest("checkpoint-2200", 0.7431119084358215, 0.49623971939086914, 0.3817324982161141);
        ByHand.RankOne("corpus/tasfiahmrinmoyee__Gemma3-1B-Instruct-outputs", new EvalLossStrategy()).Best!.Checkpoint.Step.ShouldBe(3765);
    }

    [Fact]
    public void NaNGradients_DisturbNothing()
    {
        var folder = ByHand.Rank("corpus/staryskylight__alpacaLora/lora-alpaca");

        folder.Runs.Count.ShouldBe(3);
        folder.With("checkpoint-200").ShouldBeBest("checkpoint-200", 0.948222279548645, 1.24486, 0.3870167251430693);
        folder.With("checkpoint-1000").ShouldBeBest("checkpoint-1000", 0.9132872819900513, 0.90714, 0.371125436224808);
        // It diverged: 0.938 at 200, and 2.39 at the end, which is what is left.
        var diverged = folder.With("checkpoint-1400");
        diverged.ShouldBeBest("checkpoint-1400", 2.3906149864196777, 2.770035, 1.1499085314989301);
        diverged.BestEvaluation!.Step.ShouldBe(200);
    }
}
