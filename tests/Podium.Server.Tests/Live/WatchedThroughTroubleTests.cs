using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Npgsql;
using Podium.Server.Tests.Material;

namespace Podium.Server.Tests.Live;

/// <summary>Streams where something on the way fails: the server's ear at the database, or the client.</summary>
public sealed class WatchedThroughTroubleTests
{
    private const string Stream = "/api/training/local/a/stream";

    [Fact]
    public async Task Stream_ServersEarAtTheDatabaseIsLostAndRegained_MissesNothing()
    {
        using var database = TestPostgres.Make();
        await using var told = await RunningServer.StartAsync(options => options with { Database = database.Connection });
        await using var watched = await RunningServer.StartAsync(options => options with { Database = database.Connection });
        await told.PostAsync("/api/training/local/jobs", new { job_id = "a" });
        using var events = await SentEvents.OpenAsync(watched.Client, Stream, "0");
        HashSet<long> steps = [];
        for (var round = 0; round < 3; round++)
        {
            // Listening servers are found by what they asked last.
            await ExecuteAsync(database, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'");
            for (var i = 1; i <= 20; i++)
            {
                var step = (round * 20) + i;
                (await told.PostTextAsync("/api/training/local/metrics", $$"""{"job_id": "a", "metrics": [{"step": {{step}}, "loss": {{step}}}]}""")).EnsureSuccessStatusCode();
            }

            var began = Stopwatch.GetTimestamp();
            while (steps.Count < (round + 1) * 20)
            {
                var (name, data) = await events.NextAsync();
                if (name == "points")
                    foreach (var point in data.GetProperty("points").GetProperty("loss").EnumerateArray()) steps.Add(point[0].GetInt64());
            }

            // Sooner than a stream looks by itself.
            Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(12));
        }

        steps.Count.ShouldBe(60);
    }

    [Fact]
    public async Task Stream_ClientThatDoesNotRead_IsDroppedAndOthersAreNot()
    {
        await using var server = await RunningServer.StartAsync();
        await server.PostAsync("/api/training/local/jobs", new { job_id = "a" });
        var body = new StringBuilder();
        for (var part = 0; part < 60; part++)
        {
            body.Clear().Append("""{"job_id": "a", "metrics": [""");
            for (var i = 0; i < 5000; i++) body.Append(CultureInfo.InvariantCulture, $"{(i > 0 ? "," : "")}{{\"step\":{(part * 5000) + i},\"loss\":1.23456789012345,\"grad_norm\":1.23456789012345}}");
            (await server.PostTextAsync("/api/training/local/metrics", body.Append("]}").ToString())).EnsureSuccessStatusCode();
        }

        using var slow = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await slow.ConnectAsync(server.Address.Host, server.Address.Port);
        await slow.SendAsync(Encoding.ASCII.GetBytes($"GET {Stream} HTTP/1.1\r\nHost: {server.Address.Authority}\r\nAuthorization: Bearer {RunningServer.AdminToken}\r\nLast-Event-ID: 0\r\n\r\n"));
        using var quick = await SentEvents.OpenAsync(server.Client, Stream, "0");
        var seen = 0;
        while (seen < 300_000)
        {
            var (name, data) = await quick.NextAsync();
            if (name == "points" && data.GetProperty("points").TryGetProperty("loss", out var loss)) seen += loss.GetArrayLength();
        }

        // Its patience, and some more.
        await Task.Delay(TimeSpan.FromSeconds(13), TestContext.Current.CancellationToken);
        var received = 0L;
        var buffer = new byte[1 << 20];
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            while (await slow.ReceiveAsync(buffer, SocketFlags.None, patience.Token) is var read and > 0) received += read;
        }
        catch (SocketException)
        {
            // Broken off, as it should be.
        }

        patience.IsCancellationRequested.ShouldBeFalse("the stream goes on");
        received.ShouldBeLessThan(10_000_000);
        // Whoever reads goes on hearing.
        (await server.PostTextAsync("/api/training/local/metrics", """{"job_id": "a", "metrics": [{"step": 400000, "loss": 7}]}""")).EnsureSuccessStatusCode();
        while (true)
        {
            var (name, data) = await quick.NextAsync();
            if (name == "points" && data.ToString().Contains("[400000,7]", StringComparison.Ordinal)) break;
        }
    }

    private static async Task ExecuteAsync(TestPostgres database, string statement)
    {
        await using var connection = new NpgsqlConnection(database.Connection);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
