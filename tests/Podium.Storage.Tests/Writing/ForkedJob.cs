using Podium.Histories;
using Podium.Ranking;
using Podium.Reports;
using Podium.Storage.Databases;
using Podium.Storage.Jobs;
using Podium.Storage.Tests.Material;
using Podium.Strategies;

namespace Podium.Storage.Tests.Writing;

/// <summary>A job "a" in storages that take turns, each a server of its own on one database.</summary>
internal sealed class ForkedJob : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly PodiumStorage[] _servers;
    private int _turn;

    private ForkedJob(TestDatabase database, PodiumStorage[] servers) => (_database, _servers) = (database, servers);

    public PodiumStorage Storage => _servers[_turn++ % _servers.Length];

    public static async Task<ForkedJob> MakeAsync(Engine engine, int servers = 1)
    {
        var database = new TestDatabase(engine);
        var made = new ForkedJob(database, [.. Enumerable.Range(0, servers).Select(_ => PodiumStorage.Open(database.Open()))]);
        await made.Storage.Jobs.CreateAsync(new JobRow { JobId = "a", Status = JobStatus.Pending });
        return made;
    }

    /// <summary>Reports all that happened, entry for entry, while somebody looks on: what they are told must be what a first look would tell.</summary>
    public async Task ReportAsync(IEnumerable<(JobReportEntry Entry, string? Path)> happened, PointSource source = PointSource.Report)
    {
        foreach (var (entry, path) in happened)
        {
            if (path is null) await Storage.Jobs.ReportAsync(new JobReport("a", source, [entry]));
            else await Storage.Jobs.SaveCheckpointAsync(new CheckpointRow { JobId = "a", Path = path, Step = entry.Step, State = "complete" });
            if (entry.Step % 3 == 0) await Storage.Jobs.ReadRunsAsync("a", new MultiMetricStrategy(), default);
        }
    }

    public Task<bool> ImportAsync(IReadOnlyList<Run> runs) => Storage.Jobs.ImportAsync("a", [.. runs.Select(run => new ImportedRun(run))]);

    public async Task<JobRow> RowAsync() => (await Storage.Jobs.FindAsync("a", default))!;

    /// <summary>The job's runs and its best are those of the training, as the ranking of its folder has them.</summary>
    public async Task ShouldBeAsync(ForkedTraining training, string why)
    {
        var stored = await Storage.Jobs.ReadRunsAsync("a", new MultiMetricStrategy(), default);
        stored.Select(run => Text(run.Run.History)).ShouldBe(training.RankedHistories.Select(Text), why);
        foreach (var (ours, theirs) in stored.Zip(training.Runs))
            ours.Run.Checkpoints.Select(checkpoint => checkpoint.Path).Order(StringComparer.Ordinal).ShouldBe(theirs.Checkpoints.Select(checkpoint => checkpoint.Path).Order(StringComparer.Ordinal), why);

        var row = await RowAsync();
        var best = Ranker.Rank(training.Runs[^1]);
        row.BestCheckpointPath.ShouldBe(best.Best?.Checkpoint.Path, why);
        row.EvaluationsSinceBest.ShouldNotBeNull(why);
    }

    public async Task RestartAsync()
    {
        for (var i = 0; i < _servers.Length; i++)
        {
            await _servers[i].DisposeAsync();
            _servers[i] = PodiumStorage.Open(_database.Open());
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers) await server.DisposeAsync();
        _database.Dispose();
    }

    /// <summary>A history as text, entry for entry; the order of metrics inside one does not matter.</summary>
    internal static string Text(TrainingHistory history)
    {
        var entries = new List<string>[history.Count];
        for (var i = 0; i < entries.Length; i++) entries[i] = [];
        foreach (var column in history.Columns)
            for (var i = 0; i < column.Count; i++)
                entries[column.Entries[i]].Add($"{column.Name}={column.Values[i]}");
        return string.Join('\n', entries.Select((entry, i) => $"{history.Steps[i]}: {string.Join(' ', entry.Order(StringComparer.Ordinal))}"));
    }
}
