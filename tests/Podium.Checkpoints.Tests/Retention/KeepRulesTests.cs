using Podium.Checkpoints.Retention;
using Podium.Ranking;
using Podium.Strategies;

namespace Podium.Checkpoints.Tests.Retention;

public sealed class KeepRulesTests
{
    [Theory]
    [InlineData(1, 1, "20 50")]
    [InlineData(2, 1, "20 30 50")]
    [InlineData(1, 2, "20 40 50")]
    [InlineData(1, 0, "20")]
    [InlineData(0, 1, "50")]
    [InlineData(0, 0, "")]
    [InlineData(9, 0, "10 20 30 40 50")]
    public void Plan_OneRun_KeepsTheBestAndTheLatest(int best, int latest, string kept) =>
        MadeRanking.Usual(4, 1, 2, 3, 5).Plan(best, latest).Kept().ShouldBe([.. kept.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(step => $"checkpoint-{step}")]);

    [Fact]
    public void Plan_SaysWhy()
    {
        var plan = MadeRanking.Usual(4, 1, 2, 3).Plan(best: 2, latest: 2);

        plan.Why("checkpoint-20").ShouldBe(["best 1"]);
        plan.Why("checkpoint-30").ShouldBe(["best 2", "latest 2"]);
        plan.Why("checkpoint-40").ShouldBe(["latest 1"]);
        plan.Why("checkpoint-10").ShouldBe(["rank 4 of 4"]);
    }

    [Theory]
    [InlineData(CheckpointState.Damaged, "damaged")]
    [InlineData(CheckpointState.Incomplete, "broken off while it was written")]
    public void Plan_UnusableOnes_CountForNeitherAndGo(CheckpointState state, string reason)
    {
        var plan = new MadeRanking().Run([(10, 3), (20, 2), (30, 1)], MadeRanking.At(10), MadeRanking.At(20), MadeRanking.At(30, state)).Plan();

        plan.Kept().ShouldBe(["checkpoint-20"]);
        plan.Why("checkpoint-30").ShouldBe([reason]);
    }

    [Fact]
    public void Plan_AllDamaged_KeepsTheLast() =>
        new MadeRanking().Run([(10, 3), (20, 2)], MadeRanking.At(10, CheckpointState.Damaged), MadeRanking.At(20, CheckpointState.Damaged)).Plan().Kept().ShouldBe(["checkpoint-20"]);

    [Fact]
    public void Plan_WeightlessAmongTheBest_TakesNoPlaceFromOneWithWeights()
    {
        var plan = new MadeRanking().Run([(10, 1), (20, 2), (30, 3), (40, 4)], MadeRanking.At(10, CheckpointState.Weightless), MadeRanking.At(20), MadeRanking.At(30), MadeRanking.At(40, CheckpointState.Weightless)).Plan();

        plan.Kept().ShouldBe(["checkpoint-10", "checkpoint-20", "checkpoint-30", "checkpoint-40"]);
        plan.Why("checkpoint-20").ShouldBe(["best 2"]);
        plan.Why("checkpoint-30").ShouldBe(["latest 2"]);
    }

    [Fact]
    public void Plan_OnlyCheckpointOfARun_StaysWithoutBeingAskedFor() =>
        MadeRanking.Usual(2).Plan(best: 0, latest: 0).Why("checkpoint-10").ShouldBe(["the only one"]);

    [Theory]
    [InlineData("checkpoint-10")]
    [InlineData("checkpoint-10/")]
    [InlineData("run/checkpoint-10")]
    public void Plan_Named_Stays(string name) => MadeRanking.Usual(3, 2, 1).Plan(keep: name).Why("checkpoint-10").ShouldBe(["named"]);

    [Fact]
    public void Plan_KeptCopy_IsNamedByItsNameAlone() =>
        new MadeRanking().Run([(10, 2), (20, 1)], MadeRanking.At(10) with { Path = ".podium/kept/checkpoint-10" }, MadeRanking.At(20)).Plan(keep: "checkpoint-10").Deleted().ShouldBeEmpty();

    [Fact]
    public void Plan_Unreadable_Stays()
    {
        var plan = MadeRanking.Usual(3, 2, 1).Unreadable("checkpoint-15").Plan();

        plan.Why("checkpoint-15").ShouldBe(["cannot be read"]);
        plan.Decisions[^1].Runs.ShouldBeEmpty();
    }

    [Fact]
    public void Plan_LinkAndWhatALinkLeadsTo_Stay()
    {
        var plan = MadeRanking.Usual(4, 3, 2, 1)
            .Fact("checkpoint-10", new CheckpointFacts { IsLink = true })
            .Fact("checkpoint-20", new CheckpointFacts { LinkedFrom = "best" })
            .Plan();

        plan.Why("checkpoint-10").ShouldBe(["is a link"]);
        plan.Why("checkpoint-20").ShouldBe(["best links to it"]);
        plan.Deleted().ShouldBe(["checkpoint-30"]);
    }

    [Fact]
    public void Plan_YoungIncompleteOne_Stays() =>
        new MadeRanking().Run([(10, 2), (20, 1)], MadeRanking.At(10), MadeRanking.At(20), MadeRanking.At(30, CheckpointState.Incomplete))
            .Fact("checkpoint-30", new CheckpointFacts { IsYoung = true }).Plan().Why("checkpoint-30").ShouldBe(["is being written"]);

    [Fact]
    public void Plan_Forks_KeepTheirBestTheirLatestAndTheLastCommonAncestor()
    {
        Checkpoint[] shared = [MadeRanking.At(10), MadeRanking.At(20), MadeRanking.At(30, CheckpointState.Damaged)];
        (long, double)[] before = [(10, 5), (20, 4), (30, 3)];
        var plan = new MadeRanking()
            .Run([.. before, (40, 2), (50, 2.5), (60, 2.6)], [.. shared, MadeRanking.At(40), MadeRanking.At(50), MadeRanking.At(60)])
            .Run([.. before, (45, 2.2), (55, 2.1)], [.. shared, MadeRanking.At(45), MadeRanking.At(55)])
            .Plan();

        // The damaged one is no ancestor to start from.
        plan.Kept().ShouldBe(["checkpoint-20", "checkpoint-40", "checkpoint-55", "checkpoint-60"]);
        plan.Why("checkpoint-20").ShouldBe(["ancestor (runs 1, 2)"]);
        plan.Why("checkpoint-10").ShouldBe(["rank 5 of 6 (run 1)", "rank 4 of 5 (run 2)"]);
        plan.Decisions[0].Runs.ShouldBe([1, 2]);
    }

    [Fact]
    public void Plan_SeveralEqualReasons_AreSaidOnce() =>
        MadeRanking.Usual(3, 2, 1).Plan(keep: ["checkpoint-10", "checkpoint-10/"]).Why("checkpoint-10").ShouldBe(["named"]);

    [Fact]
    public void Plan_NoFiniteEvaluation_RefusesAndKeepsAll()
    {
        var plan = MadeRanking.Usual(double.NaN, double.NaN, double.NaN).Plan();

        plan.Refusal!.Kind.ShouldBe(RetentionRefusalKind.NothingToRankBy);
        plan.Deleted().ShouldBeEmpty();
    }

    [Fact]
    public void Plan_NoFiniteEvaluationAndNoBestAskedFor_GoesByAge()
    {
        var plan = MadeRanking.Usual(double.NaN, double.NaN, double.NaN).Plan(best: 0);

        plan.Refusal.ShouldBeNull();
        plan.Kept().ShouldBe(["checkpoint-30"]);
    }

    [Fact]
    public void Plan_OneRunOfTwoWithoutAFiniteEvaluation_RefusesTheFolder() =>
        MadeRanking.Usual(3, 2, 1).Run([(15, double.NaN)], MadeRanking.At(15)).Plan().Refusal!.Message.ShouldContain("run 2");

    [Fact]
    public void Plan_MetricThatIsNotThere_IsAWrongArgument() =>
        MadeRanking.Usual(3, 2, 1).Plan(strategy: new MetricStrategy("eval_wer", null)).Refusal!.Kind.ShouldBe(RetentionRefusalKind.WrongArgument);

    [Fact]
    public void Plan_BestEvaluatedOnlyLater_KeepsTheHistoryThatHasTheEvaluation()
    {
        // Saved before they are evaluated: the evaluation of 18 stands in the history of a later checkpoint alone.
        var plan = new MadeRanking().Run([(10, 3), (20, 1), (30, 2)], MadeRanking.At(18), MadeRanking.At(28), MadeRanking.At(38)).Plan(best: 1, latest: 0);

        plan.Why("checkpoint-18").ShouldBe(["best 1"]);
        plan.Why("checkpoint-38").ShouldBe(["has the evaluations"]);
        plan.Deleted().ShouldBe(["checkpoint-28"]);
    }

    [Fact]
    public void Plan_Plateau_KeepsWhatThePlateauIsMeasuredFrom()
    {
        var plan = MadeRanking.Usual(10, 5, 1, 1.8, 2.1).Plan(strategy: new PlateauStrategy());

        plan.Why("checkpoint-40").ShouldBe(["best 1"]);
        plan.Why("checkpoint-30").ShouldBe(["lowest eval_loss"]);
        plan.Why("checkpoint-10").ShouldBe(["first evaluation"]);
        plan.Deleted().ShouldBe(["checkpoint-20"]);
    }
}
