using Podium.Checkpoints.Sweeps;
using Podium.Downsampling;
using Podium.Metrics;
using Podium.Server.Comparing;
using Podium.Server.Jobs;
using Podium.Server.Metrics;
using Podium.Storage.Jobs;

namespace Podium.Server.Tests.Comparing;

/// <summary>Which numbers of several jobs may be compared, and which is the best.</summary>
public sealed class ComparisonTests
{
    private static readonly ComparedColumn Loss = ComparedColumn.Of("eval_loss", MetricDirection.Minimize);
    private static readonly ComparedColumn Accuracy = ComparedColumn.Of("accuracy", MetricDirection.Maximize);

    [Fact]
    public void BestOf_SameSet_IsTheLowestLossAndTheHighestAccuracy()
    {
        var comparison = Comparison.Of([Job("a", 1.5, 0.7, samples: 400), Job("b", 1.2, 0.6, samples: 400)], []);

        comparison.IsComparable.ShouldBeTrue();
        Loss.BestOf(comparison).ShouldBe(1.2);
        Accuracy.BestOf(comparison).ShouldBe(0.7);
    }

    [Fact]
    public void BestOf_OtherSetOfOne_StarsNoLossAndSaysWhichDiffersInWhat()
    {
        var comparison = Comparison.Of([Job("other", 0.2, 0.9, samples: 48), Job("a", 1.5, 0.7, samples: 400), Job("b", 1.2, 0.6, samples: 400)], []);

        comparison.IsComparable.ShouldBeFalse();
        comparison.Reference!.Job.JobId.ShouldBe("a");
        comparison.Jobs.Where(job => job.DiffersBecause is not null).ShouldHaveSingleItem().DiffersBecause.ShouldBe("evaluated on about 48 samples, not 400");
        Loss.BestOf(comparison).ShouldBeNull();
        ComparedColumn.Score.BestOf(comparison).ShouldBeNull();
        Accuracy.BestOf(comparison).ShouldBe(0.9);
    }

    [Fact]
    public void Of_OtherData_CannotBeCompared() =>
        Comparison.Of([Job("a", 1, 1, samples: 10, data: "x"), Job("b", 1, 1, samples: 10, data: "y")], []).Jobs[1].DiffersBecause.ShouldBe("is of the data 'y', not 'x'");

    [Fact]
    public void BestOf_OneJobHasIt_IsNothingToCompare() => Loss.BestOf(Comparison.Of([Job("a", 1.5, 0.7, samples: 400)], [])).ShouldBeNull();

    [Fact]
    public void Sort_SomeHaveNothing_PutsThemLastEitherWay()
    {
        ComparedJob[] jobs = [Job("none", null, null, samples: 1), Job("high", 2, 1, samples: 1), Job("low", 1, 1, samples: 1)];

        Loss.Sort(jobs, isAscending: true).Select(job => job.Name).ShouldBe(["low", "high", "none"]);
        Loss.Sort(jobs, isAscending: false).Select(job => job.Name).ShouldBe(["high", "low", "none"]);
    }

    private static ComparedJob Job(string id, double? loss, double? accuracy, double samples, string? data = null)
    {
        var metrics = new Dictionary<string, MetricSummary>(StringComparer.Ordinal);
        if (loss is { } lowest) metrics["eval_loss"] = Summary("eval_loss", MetricDirection.Minimize, lowest);
        if (accuracy is { } highest) metrics["accuracy"] = Summary("accuracy", MetricDirection.Maximize, highest);
        var status = JobStatusAnswer.Of(new JobRow { JobId = id, Status = JobStatus.Completed, DatasetName = data }, "multi-metric", DateTimeOffset.UnixEpoch);
        return new ComparedJob(status, null, metrics, new EvaluationSet(samples, 0, ["eval_loss"], null), new RunSettings(new Dictionary<string, string>(StringComparer.Ordinal)));
    }

    private static MetricSummary Summary(string key, MetricDirection direction, double best)
    {
        var point = new SeriesPoint(10, best);
        return new MetricSummary(key, direction, point, point, point, 1);
    }
}
