using Podium.Reports;
using Podium.Storage.Databases;

namespace Podium.Storage.Tests.Writing;

/// <summary>However a training with forks comes in, the job has the runs and the best that the ranking of its folder has.</summary>
public sealed class ForkLawTests
{
    public static TheoryData<Engine, int> Cases
    {
        get
        {
            var cases = new TheoryData<Engine, int>();
            for (var i = 0; i < 6; i++) cases.Add(Engine.Sqlite, i);
            cases.Add(Engine.Postgres, 6);
            return cases;
        }
    }

    private static IEnumerable<int> Seeds(int part) => Enumerable.Range(part * 10, part == 6 ? 4 : 10);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Report_AsItHappened_GivesTheRunsOfTheFolder(Engine engine, int part)
    {
        foreach (var seed in Seeds(part))
        {
            await using var job = await ForkedJob.MakeAsync(engine);
            var training = new ForkedTraining(seed);
            await job.ReportAsync(training.Happened);
            await job.ShouldBeAsync(training, $"seed {seed}, live");

            await job.RestartAsync();
            await job.ShouldBeAsync(training, $"seed {seed}, after a restart");

            // What is told once more, of the newest run, changes nothing.
            var seq = (await job.RowAsync()).Seq;
            await job.Storage.Jobs.ReportAsync(new("a", PointSource.Report, [training.Happened.FindLast(one => one.Path is null).Entry]));
            (await job.RowAsync()).Seq.ShouldBe(seq, $"seed {seed}, again");
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Import_OfTheFolder_GivesItsRuns_AndAgainChangesNothing(Engine engine, int part)
    {
        foreach (var seed in Seeds(part))
        {
            await using var job = await ForkedJob.MakeAsync(engine);
            var training = new ForkedTraining(seed);
            await job.ImportAsync(training.Runs);
            await job.ShouldBeAsync(training, $"seed {seed}, imported");

            var before = await job.RowAsync();
            await job.ImportAsync(training.Runs);
            (await job.RowAsync()).ShouldBe(before, $"seed {seed}, again");

            await job.RestartAsync();
            await job.ImportAsync(training.Runs);
            (await job.RowAsync()).ShouldBe(before, $"seed {seed}, after a restart");
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Import_FolderThatGrew_GivesTheSameAsAtOnce(Engine engine, int part)
    {
        foreach (var seed in Seeds(part))
        {
            await using var job = await ForkedJob.MakeAsync(engine);
            var training = new ForkedTraining(seed);
            for (var runs = 1; runs <= training.Runs.Count; runs++)
            {
                await job.ImportAsync(training.RunsAfter(runs));
                await job.RestartAsync();
            }

            await job.ShouldBeAsync(training, $"seed {seed}");
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Import_AfterOrAmidReports_KnowsTheRunsAgain(Engine engine, int part)
    {
        foreach (var seed in Seeds(part))
        {
            var source = seed % 2 == 0 ? PointSource.Report : PointSource.MLflow;
            await using var job = await ForkedJob.MakeAsync(engine);
            var training = new ForkedTraining(seed);
            await job.ReportAsync(training.Happened, source);
            await job.ImportAsync(training.Runs);
            await job.ShouldBeAsync(training, $"seed {seed}, reported and imported");

            var before = await job.RowAsync();
            await job.RestartAsync();
            await job.ImportAsync(training.Runs);
            (await job.RowAsync()).ShouldBe(before, $"seed {seed}, again");
            await job.ShouldBeAsync(training, $"seed {seed}, after a restart");
        }
    }

    [Fact]
    public async Task Report_TwoServersTakingTurns_GiveTheRunsOfTheFolder()
    {
        foreach (var seed in Enumerable.Range(100, 4))
        {
            await using var job = await ForkedJob.MakeAsync(Engine.Postgres, servers: 2);
            var training = new ForkedTraining(seed, partsAtALoss: true);
            await job.ReportAsync(training.Happened);
            await job.ShouldBeAsync(training, $"seed {seed}, live");
            await job.ImportAsync(training.Runs);
            await job.ImportAsync(training.Runs);
            await job.ShouldBeAsync(training, $"seed {seed}, imported");
        }
    }
}
