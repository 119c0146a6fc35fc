using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Podium.Server.Tests.Material;

namespace Podium.Server.Tests.Metrics;

/// <summary>Reports as streams of lines, as a trainer sends them while it runs.</summary>
public sealed class ReportStreamTests
{
    private const string Path = "/api/training/local/metrics";

    [Fact(Timeout = 60_000)]
    public async Task Stream_LineNowAndThen_IsTakenForAsLongAsItLastsAndEachLineKeptAtOnce()
    {
        await using var server = await StartAsync();
        // Longer than the five seconds after which the web server thinks a body too slow, and slower than its 240 bytes a second.
        var content = new Trickle([("""{"step": 1, "loss": 2.5}""", 3.5), ("""{"step": 2, "loss": 2.4}""", 4.0), ("""{"step": 3, "loss": 2.3}""", 0)]);
        var sending = server.Client.PostAsync($"{Path}?job_id=a", content, TestContext.Current.CancellationToken);

        // The second line waits until the first was found kept, however fast this machine is.
        while (await CountAsync(server, "a", "loss") == 0) await Task.Delay(50, TestContext.Current.CancellationToken);
        content.Sent.ShouldBe(1);
        sending.IsCompleted.ShouldBeFalse();
        content.GoOn();

        var answer = await sending;
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        (await CountAsync(server, "a", "loss")).ShouldBe(3);
    }

    [Fact]
    public async Task Stream_TokenThatIsRevokedMeanwhile_Ends()
    {
        await using var server = await StartAsync();
        var secret = await server.SecretOfAsync("operator");
        // By hand: .NET's own client reads no answer before it has sent all.
        using var trainer = new TcpClient();
        await trainer.ConnectAsync(server.Address.Host, server.Address.Port, TestContext.Current.CancellationToken);
        await using var stream = trainer.GetStream();
        const string Line = """{"step": 1, "loss": 2.5}""";
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"POST {Path}?job_id=a HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {secret}\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n{Line.Length + 1:x}\r\n{Line}\n\r\n"),
            TestContext.Current.CancellationToken);
        while (await CountAsync(server, "a", "loss") == 0) await Task.Delay(50, TestContext.Current.CancellationToken);

        await server.Client.DeleteAsync("/api/tokens/operator", TestContext.Current.CancellationToken);

        using var reader = new StreamReader(stream, Encoding.ASCII);
        (await reader.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken)).ShouldBe("HTTP/1.1 401 Unauthorized");
    }

    [Theory]
    [InlineData("""{"job_id": "a", "step": 2, "loss": "low"}""", "Line 3", "2 entries before it were kept", 2)]
    [InlineData("""{"job_id": "a", "step": 2, "x": 1, "y": 2}""", "'y' would be one metric too many", "1 entry before it was kept", 0)]
    public async Task Stream_Refused_SaysHowManyWereKeptAndNotHowManyWaited(string third, string fault, string kept, int losses)
    {
        await using var server = await StartAsync(seriesPerJob: 2);
        var answer = await server.PostTextAsync(Path, $$"""
            {"job_id": "a", "step": 1, "loss": 2.5}
            {"job_id": "b", "step": 1, "loss": 2.5}
            {{third}}
            """, "application/x-ndjson");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var error = (await ErrorAsync(answer))!;
        error.ShouldContain(fault);
        error.ShouldContain(kept);
        (await CountAsync(server, "a", "loss") + await CountAsync(server, "b", "loss")).ShouldBe(Math.Max(1, losses));
    }

    [Fact]
    public async Task Stream_OfSeveralJobs_HoldsEachToItsOwnMetrics()
    {
        await using var server = await StartAsync(seriesPerJob: 2);
        var answer = await server.PostTextAsync(Path, """
            {"job_id": "a", "step": 1, "loss": 2.5, "x": 1}
            {"job_id": "b", "step": 1, "loss": 2.5, "y": 1}
            """, "application/x-ndjson");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await ErrorAsync(answer));
        (await CountAsync(server, "a", "x")).ShouldBe(1);
        (await CountAsync(server, "b", "y")).ShouldBe(1);
    }

    [Fact]
    public async Task Report_RefusedForItsMetrics_LeavesRoomForOthers()
    {
        await using var server = await StartAsync(seriesPerJob: 3);
        (await server.PostTextAsync(Path, """{"job_id": "a", "metrics": [{"step": 1, "loss": 2.5}]}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await server.PostTextAsync(Path, """{"job_id": "a", "metrics": [{"step": 1, "x": 1, "y": 1, "z": 1}]}""")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        // None of those is there: two more may come.
        (await server.PostTextAsync(Path, """{"job_id": "a", "metrics": [{"step": 1, "v": 1, "w": 1}]}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await server.PostTextAsync(Path, """{"job_id": "a", "metrics": [{"step": 1, "x": 1}]}""")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static async Task<RunningServer> StartAsync(int seriesPerJob = 10_000)
    {
        var server = await RunningServer.StartAsync(options => options with { Limits = options.Limits with { SeriesPerJob = seriesPerJob } });
        foreach (var job in (string[])["a", "b"]) (await server.PostAsync("/api/training/local/jobs", new { job_id = job })).EnsureSuccessStatusCode();
        return server;
    }

    private static async Task<int> CountAsync(RunningServer server, string job, string key) =>
        (await server.GetAsync($"/api/training/local/{job}/metrics?keys={key}")).GetProperty("series").TryGetProperty(key, out var series) ? series.GetProperty("count").GetInt32() : 0;

    private static async Task<string?> ErrorAsync(HttpResponseMessage answer) =>
        JsonElement.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).TryGetProperty("error", out var error) ? error.GetString() : null;

    /// <summary>Lines with a pause behind each.</summary>
    private sealed class Trickle : HttpContent
    {
        private readonly (string Line, double Pause)[] _lines;
        private readonly TaskCompletionSource _mayGoOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Trickle((string Line, double Pause)[] lines)
        {
            _lines = lines;
            Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        }

        /// <summary>How many lines were sent.</summary>
        public int Sent { get; private set; }

        /// <summary>Lets it send what follows the first line.</summary>
        public void GoOn() => _mayGoOn.TrySetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            foreach (var (line, pause) in _lines)
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes($"{line}\n"));
                await stream.FlushAsync();
                Sent++;
                await Task.Delay(TimeSpan.FromSeconds(pause));
                await _mayGoOn.Task;
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
