using Podium.Histories;
using Podium.Ranking;
using Podium.Reports;
using Podium.Storage.Databases;
using Podium.Storage.Jobs;
using Podium.Storage.Tests.Points;
using Podium.Strategies;

namespace Podium.Storage.Tests.Writing;

public sealed class IntakeTests
{
    public static TheoryData<Engine> Engines => [Engine.Sqlite, Engine.Postgres];

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Report_OneKeyTwiceInAnEntry_KeepsBoth(Engine engine)
    {
        await using var series = await StoredSeries.MakeAsync(engine);
        await series.Storage.Jobs.ReportAsync(new JobReport("a", PointSource.MLflow, [new(10, 1, [new("loss", 2.0), new("lr", 0.1), new("loss", 1.5), new("loss", 1.4)])]));

        (await series.CountAsync()).ShouldBe(4);
        (await series.Storage.Series.ReadMLflowHistoryAsync("a", "loss", 0, 10, default)).Select(point => point.Value).ShouldBe([2.0, 1.5, 1.4]);
        (await series.Storage.Jobs.FindAsync("a", default))!.Loss.ShouldBe(1.4);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Report_OldPointOnceMoreAfterAFork_DoesNotEnterTheNewestRun(Engine engine)
    {
        await using var series = await StoredSeries.MakeAsync(engine);
        for (var step = 10; step <= 60; step += 10) await TimedAsync(series, step, step, 3 - step / 100.0);
        await TimedAsync(series, 30, 100, 1.0);
        await TimedAsync(series, 40, 110, 0.9);
        var (count, seq) = (await series.CountAsync(), (await series.Storage.Jobs.FindAsync("a", default))!.Seq);

        // Before the fork, at it, behind it and beyond what the new run has.
        foreach (var step in (long[])[20, 30, 40, 60]) await TimedAsync(series, step, step, 3 - step / 100.0);

        (await series.CountAsync()).ShouldBe(count);
        (await series.Storage.Jobs.FindAsync("a", default))!.Seq.ShouldBe(seq);
        var runs = await series.Storage.Jobs.ReadRunsAsync("a", new MultiMetricStrategy(), default);
        runs.Count.ShouldBe(2);
        runs[1].Run.History.Steps.ToArray().ShouldBe([10, 20, 30, 40]);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Change_ToAMetricThatTheOldStrategyDidNotRead_RanksByIt(Engine engine)
    {
        await using var series = await StoredSeries.MakeAsync(engine);
        await series.ReportAsync((20, "loss", 1.0), (20, "eval_loss", 1.0), (20, "wer", 0.5), (40, "loss", 1.0), (40, "eval_loss", 1.2), (40, "wer", 0.2));
        foreach (var step in (long[])[20, 40]) await series.Storage.Jobs.SaveCheckpointAsync(new CheckpointRow { JobId = "a", Path = $"checkpoint-{step}", Step = step, State = "complete" });
        (await series.Storage.Jobs.FindAsync("a", default))!.BestStep.ShouldBe(20);

        await series.Storage.Jobs.ChangeAsync("a", row => row.Strategy = "metric:wer:min");
        (await series.Storage.Jobs.FindAsync("a", default))!.BestStep.ShouldBe(40);

        // What is new of that metric counts at once, too.
        await series.ReportAsync((40, "wer", 0.9));
        (await series.Storage.Jobs.FindAsync("a", default))!.BestStep.ShouldBe(20);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Import_UnderTheTrainersStrategy_RanksByWhatTheTrainerChoseBy(Engine engine)
    {
        await using var series = await StoredSeries.MakeAsync(engine);
        var history = new TrainingHistoryBuilder();
        foreach (var (step, loss, wer) in ((long, double, double)[])[(20, 1.0, 0.5), (40, 1.2, 0.2)])
        {
            history.BeginEntry();
            history.SetStep(step);
            history.Set("eval_loss", loss);
            history.Set("eval_wer", wer);
        }

        await series.Storage.Jobs.ChangeAsync("a", row => row.Strategy = "trainer");
        await series.Storage.Jobs.ImportAsync("a", [new ImportedRun(new Run(history.Build(), [new("checkpoint-20", 20), new("checkpoint-40", 40)]) { TrainerChoice = new TrainerChoice(0.2, 40, null) })]);

        var row = (await series.Storage.Jobs.FindAsync("a", default))!;
        row.BestCheckpointPath.ShouldBe("checkpoint-40");
        row.Warning.ShouldBeNull();
    }

    private static Task<bool> TimedAsync(StoredSeries series, long step, long time, double loss) =>
        series.Storage.Jobs.ReportAsync(new JobReport("a", PointSource.MLflow, [new(step, time, [new("loss", loss), new("gpu", step)])]));
}
