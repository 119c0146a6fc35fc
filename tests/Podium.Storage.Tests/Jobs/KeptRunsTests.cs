using Podium.Reports;
using Podium.Storage.Databases;
using Podium.Storage.Jobs;
using Podium.Storage.Tests.Material;
using Podium.Storage.Tests.Writing;
using Podium.Strategies;

namespace Podium.Storage.Tests.Jobs;

/// <summary>Runs that are asked for again are read on, and are what a first reading gives.</summary>
public sealed class KeptRunsTests
{
    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task ReadRuns_AskedForAfterEachEntryOfManyKinds_AreThoseOfAFirstReading(Engine engine)
    {
        using var database = new TestDatabase(engine);
        await using var looking = PodiumStorage.Open(database.Open());
        await looking.Jobs.CreateAsync(new JobRow { JobId = "a", Status = JobStatus.Pending });
        var random = new Random(20261122);
        for (var i = 0; i < 60; i++)
        {
            // Steps go on, come again, go back; values are replaced, filled in and not finite; metrics begin late.
            var step = random.Next(4) == 0 ? random.Next(1, 40) : 10 + i;
            var source = (PointSource)random.Next(0, 3);
            KeyValuePair<string, double>[] metrics =
            [
                new("loss", random.Next(10) == 0 ? double.NaN : Math.Round(random.NextDouble(), 2)),
                .. i > 20 && i % 3 == 0 ? [new KeyValuePair<string, double>("eval_loss", random.NextDouble())] : Array.Empty<KeyValuePair<string, double>>(),
                .. i > 40 && i % 5 == 0 ? [new KeyValuePair<string, double>("reward", random.NextDouble())] : Array.Empty<KeyValuePair<string, double>>(),
            ];
            await looking.Jobs.ReportAsync(new JobReport("a", source, [new JobReportEntry(step, null, metrics)]));

            var kept = await looking.Jobs.ReadRunsAsync("a", new MultiMetricStrategy(), default);
            await using var first = PodiumStorage.Open(database.Open());
            var read = await first.Jobs.ReadRunsAsync("a", new MultiMetricStrategy(), default);
            kept.Select(run => (run.Number, run.Parent, run.FromStep, ForkedJob.Text(run.Run.History))).ShouldBe(read.Select(run => (run.Number, run.Parent, run.FromStep, ForkedJob.Text(run.Run.History))), $"after entry {i}");
        }
    }

    [Fact]
    public async Task ReadRuns_HistoryTakenBefore_StaysAsItWas()
    {
        using var database = new TestDatabase(Engine.Sqlite);
        await using var storage = PodiumStorage.Open(database.Open());
        await storage.Jobs.CreateAsync(new JobRow { JobId = "a", Status = JobStatus.Pending });
        await ReportAsync(10, 1.5);
        var before = (await storage.Jobs.ReadRunsAsync("a", new MultiMetricStrategy(), default))[^1].Run.History;
        var text = ForkedJob.Text(before);

        await ReportAsync(20, 1.25);
        await ReportAsync(10, 1.75);
        await storage.Jobs.ReadRunsAsync("a", new MultiMetricStrategy(), default);

        ForkedJob.Text(before).ShouldBe(text);

        Task ReportAsync(long step, double loss) => storage.Jobs.ReportAsync(new JobReport("a", PointSource.Report, [new JobReportEntry(step, null, [new("loss", loss), new("eval_loss", loss)])]));
    }

    [Fact]
    public async Task ReadRuns_AskedForByManyAtOnceWhileReportsCome_AreEachOfOneMoment()
    {
        using var database = new TestDatabase(Engine.Sqlite);
        await using var storage = PodiumStorage.Open(database.Open());
        await storage.Jobs.CreateAsync(new JobRow { JobId = "a", Status = JobStatus.Pending });
        using var end = new CancellationTokenSource();
        var looks = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var last = 0;
            while (!end.IsCancellationRequested)
            {
                var count = await storage.Jobs.ReadRunsAsync("a", new MultiMetricStrategy(), default) is [.., var newest] ? newest.Run.History.Count : 0;
                count.ShouldBeGreaterThanOrEqualTo(last);
                last = count;
            }

            return last;
        })).ToArray();
        for (var step = 1; step <= 300; step++) await storage.Jobs.ReportAsync(new JobReport("a", PointSource.Report, [new JobReportEntry(step, null, [new("loss", 1.0 / step)])]));
        await end.CancelAsync();
        await Task.WhenAll(looks);

        (await storage.Jobs.ReadRunsAsync("a", new MultiMetricStrategy(), default))[^1].Run.History.Count.ShouldBe(300);
    }
}
