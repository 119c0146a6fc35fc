using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Npgsql;
using Podium.Server.Tests.Live;
using Podium.Server.Tests.Material;

namespace Podium.Server.Tests.Durability;

/// <summary>Where PostgreSQL drops its connections, or takes none, whoever reads is told to come again, and never that something is wrong here.</summary>
public sealed class DroppedConnectionTests
{
    private static readonly (HttpMethod Method, string Path, string Type)[] Reads =
    [
        (HttpMethod.Get, "/api/training/checkpoints/a?refresh=true", "application/problem+json"),
        (HttpMethod.Get, "/api/training/checkpoints/list?jobId=a&strategy=eval-loss&refresh=1", "application/problem+json"),
        (HttpMethod.Get, "/api/training/local/a/status", "application/problem+json"),
        (HttpMethod.Get, "/api/training/local/jobs", "application/problem+json"),
        (HttpMethod.Get, "/api/training/local/a/metrics", "application/problem+json"),
        (HttpMethod.Get, "/api/training/local/a/logs", "application/problem+json"),
        (HttpMethod.Get, "/api/training/local/none/stream", "application/problem+json"),
        (HttpMethod.Get, "/api/tokens", "application/problem+json"),
        (HttpMethod.Get, "/api/2.0/mlflow/runs/get?run_id=a", "application/json"),
        (HttpMethod.Get, "/api/2.0/mlflow/metrics/get-history?run_id=a&metric_key=loss", "application/json"),
        (HttpMethod.Post, "/api/2.0/mlflow/runs/search", "application/json"),
        (HttpMethod.Get, "/api/2.0/mlflow/experiments/search?max_results=10", "application/json"),
        (HttpMethod.Get, "/api/2.0/mlflow/artifacts/list?run_id=a", "application/json"),
        (HttpMethod.Get, "/v1/fine_tuning/jobs", "application/json"),
        (HttpMethod.Get, "/v1/fine_tuning/jobs/a", "application/json"),
        (HttpMethod.Get, "/v1/fine_tuning/jobs/a/events", "application/json"),
        (HttpMethod.Get, "/v1/fine_tuning/jobs/a/checkpoints", "application/json"),
    ];

    [Fact]
    public async Task Read_WhileTheDatabaseTakesNobody_Is503AndSaysWhenToComeAgain()
    {
        using var database = TestPostgres.Make();
        await using var server = await StartAsync(database);
        foreach (var read in Reads) (await SendAsync(server, read)).Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.NotFound);

        Execute(database, "ALTER DATABASE {0} WITH ALLOW_CONNECTIONS false");
        try
        {
            Drop(database);
            foreach (var read in Reads) ShouldBeToldToWait(await SendAsync(server, read), read);
            // Longer than any token is remembered.
            await Task.Delay(6000, TestContext.Current.CancellationToken);
            foreach (var read in Reads) ShouldBeToldToWait(await SendAsync(server, read), read);
            (await SendAsync(server, (HttpMethod.Get, "/health", "application/json"))).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        }
        finally
        {
            Execute(database, "ALTER DATABASE {0} WITH ALLOW_CONNECTIONS true");
        }

        await UntilAsync(async () => (await SendAsync(server, Reads[2])).Status == HttpStatusCode.OK);
        foreach (var read in Reads) (await SendAsync(server, read)).Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Read_WhileConnectionsBreakOffAgainAndAgain_IsAnAnswerOr503()
    {
        using var database = TestPostgres.Make();
        await using var server = await StartAsync(database);
        using var over = new CancellationTokenSource(TimeSpan.FromSeconds(6));
        var statuses = new ConcurrentDictionary<(string Path, HttpStatusCode Status), int>();
        var readers = Reads.Select(read => Task.Run(async () =>
        {
            while (!over.IsCancellationRequested)
            {
                var answer = await SendAsync(server, read);
                statuses.AddOrUpdate((read.Path, answer.Status), 1, (_, count) => count + 1);
                if (answer.Status == HttpStatusCode.ServiceUnavailable) ShouldBeToldToWait(answer, read);
            }
        })).ToArray();
        while (!over.IsCancellationRequested)
        {
            Drop(database);
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        await Task.WhenAll(readers);
        statuses.Keys.Where(key => key.Status is not (HttpStatusCode.OK or HttpStatusCode.NotFound or HttpStatusCode.ServiceUnavailable)).ShouldBeEmpty();
        statuses.Where(one => one.Key.Status == HttpStatusCode.OK).Sum(one => one.Value).ShouldBeGreaterThan(100);
        await UntilAsync(async () => (await SendAsync(server, Reads[2])).Status == HttpStatusCode.OK);
    }

    private static async Task<RunningServer> StartAsync(TestPostgres database)
    {
        var server = await RunningServer.StartAsync(options => options with { Database = database.Connection });
        await server.PostAsync("/api/training/local/jobs", new { job_id = "a" });
        await server.PostTextAsync("/api/training/local/metrics", """{"job_id": "a", "metrics": [{"step": 10, "loss": 1.5}, {"step": 10, "eval_loss": 1.4}]}""");
        await server.PostAsync("/api/training/checkpoints/a", new { path = "checkpoint-10", step = 10 });
        return server;
    }

    private static async Task<(HttpStatusCode Status, string? Type, TimeSpan? Again, string Text)> SendAsync(RunningServer server, (HttpMethod Method, string Path, string Type) read)
    {
        using var request = new HttpRequestMessage(read.Method, read.Path);
        if (read.Method == HttpMethod.Post) request.Content = new StringContent("""{"experiment_ids": ["0"]}""", Encoding.UTF8, "application/json");
        using var answer = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, answer.Headers.RetryAfter?.Delta, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static void ShouldBeToldToWait((HttpStatusCode Status, string? Type, TimeSpan? Again, string Text) answer, (HttpMethod Method, string Path, string Type) read)
    {
        answer.Status.ShouldBe(HttpStatusCode.ServiceUnavailable, $"{read.Path}: {answer.Text}");
        answer.Type.ShouldBe(read.Type, read.Path);
        answer.Again.ShouldBe(TimeSpan.FromSeconds(2), read.Path);
        if (read.Path.StartsWith("/api/2.0/mlflow", StringComparison.Ordinal)) answer.Text.ShouldContain("TEMPORARILY_UNAVAILABLE");
        answer.Text.ShouldNotContain("Password");
    }

    private static void Drop(TestPostgres database) => Execute(database, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{0}' AND pid <> pg_backend_pid()");

    private static void Execute(TestPostgres database, string statement)
    {
        var settings = new NpgsqlConnectionStringBuilder(database.Connection);
        var name = settings.Database!;
        settings.Database = "postgres";
        using var connection = new NpgsqlConnection(settings.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = statement.Replace("{0}", name, StringComparison.Ordinal);
        command.ExecuteNonQuery();
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        for (var i = 0; i < 100 && !await isSo(); i++) await Task.Delay(100, TestContext.Current.CancellationToken);
        (await isSo()).ShouldBeTrue();
    }
}
