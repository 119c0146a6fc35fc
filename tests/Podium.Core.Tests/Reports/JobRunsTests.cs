using Podium.Reports;

namespace Podium.Core.Tests.Reports;

public sealed class JobRunsTests
{
    private readonly JobRuns _job = new();

    [Fact]
    public void Add_EntriesInOrder_AreOneRunAsTheyCame()
    {
        Report(10, ("loss", 2.0), ("epoch", 0.5));
        Report(20, ("loss", 1.8), ("epoch", 1.0));
        Report(20, ("eval_loss", 1.9), ("epoch", 1.0));

        var history = _job.Runs.ShouldHaveSingleItem().History;
        history.Steps.ToArray().ShouldBe([10, 20, 20]);
        Values("eval_loss").ShouldBe([(20, 1.9)]);
        history.Find("epoch")!.Values.ToArray().ShouldBe([0.5, 1.0, 1.0]);
    }

    [Fact]
    public void Add_SameEntryAgain_ChangesNothing()
    {
        Report(10, ("loss", 2.0), ("epoch", 0.5));
        Report(10, ("loss", 2.0), ("epoch", 0.5));

        _job.Newest.History.Count.ShouldBe(1);
        _job.Newest.Rewrites.ShouldBe(0);
    }

    [Fact]
    public void Add_NotANumberAgain_IsTheSameValue()
    {
        Report(10, ("eval_loss", double.NaN));
        Report(20, ("eval_loss", 1.0));
        Report(10, ("eval_loss", double.NaN));

        _job.Runs.Count.ShouldBe(1);
    }

    [Fact]
    public void Add_LossThatAStateFileSaidToo_StillTellsThatTheTrainingWentBack()
    {
        foreach (var step in (long[])[10, 20, 30]) Report(step, ("loss", 100 - step));
        foreach (var step in (long[])[10, 20, 30]) _job.Add(new ReportedEntry(PointSource.StateFile, step, [new("loss", 100 - step)]));
        _job.Runs.Count.ShouldBe(1);

        Report(20, ("loss", 1.0));

        _job.Runs.Count.ShouldBe(2);
        Values("loss").ShouldBe([(10, 90), (20, 1.0)]);
    }

    [Fact]
    public void Continue_OlderRun_TakesWhatComesNextUntilAnotherBegins()
    {
        foreach (var step in (long[])[10, 20, 30]) Report(step, ("loss", 100 - step));
        Report(20, ("loss", 1.0));
        _job.Continue(_job.Runs[0]);

        Report(40, ("loss", 60));
        _job.Newest.Number.ShouldBe(1);
        Values("loss").ShouldBe([(10, 90), (20, 80), (30, 70), (40, 60)]);
        _job.Runs[1].LastStep.ShouldBe(20);

        Report(30, ("loss", 2.0));
        _job.Newest.Number.ShouldBe(3);
        _job.Newest.Parent.ShouldBe(1);
    }

    [Fact]
    public void Add_OtherLossAtTheNewestStep_ReplacesIt()
    {
        Report(10, ("loss", 2.0));
        Report(20, ("loss", 1.8));
        Report(20, ("loss", 1.7));

        _job.Runs.Count.ShouldBe(1);
        Values("loss").ShouldBe([(10, 2.0), (20, 1.7)]);
        _job.Newest.Rewrites.ShouldBe(1);
    }

    [Fact]
    public void Add_OtherLossAtAnEarlierStep_BeginsARunThatInheritsWhatStandsBefore()
    {
        foreach (var step in (long[])[10, 20, 30, 40]) Report(step, ("loss", 100 - step), ("grad_norm", step));
        Report(30, ("loss", 1.0), ("grad_norm", 7));
        Report(40, ("loss", 0.9));

        _job.Runs.Count.ShouldBe(2);
        _job.Runs[0].History.Find("loss")!.Values.ToArray().ShouldBe([90, 80, 70, 60]);
        _job.Newest.Parent.ShouldBe(1);
        _job.Newest.FromStep.ShouldBe(30);
        Values("loss").ShouldBe([(10, 90), (20, 80), (30, 1.0), (40, 0.9)]);
        Values("grad_norm").ShouldBe([(10, 10), (20, 20), (30, 7)]);
    }

    [Fact]
    public void Add_OtherMetricAtAnEarlierStep_IsReplacedWithoutANewRun()
    {
        Report(10, ("learning_rate", 1e-4));
        Report(20, ("learning_rate", 9e-5));
        Report(10, ("learning_rate", 2e-4));

        _job.Runs.Count.ShouldBe(1);
        Values("learning_rate").ShouldBe([(10, 2e-4), (20, 9e-5)]);
    }

    [Fact]
    public void Add_MoreTrustedSourceLater_ItsValueStandsInSilence()
    {
        _job.Add(Entry(PointSource.MLflow, 10, ("loss", 2.0)));
        _job.Add(Entry(PointSource.MLflow, 20, ("loss", 1.5)));
        _job.Add(Entry(PointSource.StateFile, 10, ("loss", 2.01)));

        _job.Runs.Count.ShouldBe(1);
        Values("loss").ShouldBe([(10, 2.01), (20, 1.5)]);
    }

    [Fact]
    public void Add_LessTrustedSource_FillsGapsOnly()
    {
        Report(10, ("loss", 2.0));
        Report(30, ("loss", 1.5));
        _job.Add(Entry(PointSource.EventFile, 10, ("loss", 9.0)));
        _job.Add(Entry(PointSource.EventFile, 20, ("loss", 1.7)));

        _job.Runs.Count.ShouldBe(1);
        Values("loss").ShouldBe([(10, 2.0), (20, 1.7), (30, 1.5)]);
    }

    [Fact]
    public void Add_EvaluationAfterTheClosingEntry_IsKeptApart()
    {
        Report(20, ("eval_loss", 1.0));
        Report(20, ("train_runtime", 60), ("train_loss_mean", 1.2));
        Report(20, ("eval_loss", 0.7));

        Values("eval_loss").ShouldBe([(20, 1.0), (20, 0.7)]);
        Podium.Evaluations.EvaluationTimeline.From(_job.Newest.History, "eval_loss").Evaluations.ShouldHaveSingleItem().Value.ShouldBe(1.0);
    }

    [Fact]
    public void History_TakenBefore_IsNotChangedByWhatComesLater()
    {
        Report(10, ("loss", 2.0));
        Report(20, ("loss", 1.5));
        var before = _job.Newest.History;
        Report(20, ("loss", 1.4));
        _job.Add(Entry(PointSource.EventFile, 15, ("loss", 1.7)));
        Report(30, ("loss", 1.2));

        before.Steps.ToArray().ShouldBe([10, 20]);
        before.Find("loss")!.Values.ToArray().ShouldBe([2.0, 1.5]);
        Values("loss").ShouldBe([(10, 2.0), (15, 1.7), (20, 1.4), (30, 1.2)]);
    }

    private void Report(long step, params (string, double)[] metrics) => _job.Add(Entry(PointSource.Report, step, metrics));

    private static ReportedEntry Entry(PointSource source, long step, params (string Key, double Value)[] metrics) =>
        new(source, step, [.. metrics.Select(metric => new KeyValuePair<string, double>(metric.Key, metric.Value))]);

    private (long Step, double Value)[] Values(string metric)
    {
        var history = _job.Newest.History;
        var column = history.Find(metric)!;
        var values = new (long, double)[column.Count];
        for (var i = 0; i < values.Length; i++) values[i] = (history.Steps[column.Entries[i]], column.Values[i]);
        return values;
    }
}
