using System.Net;
using System.Text;
using System.Text.Json;
using Podium.Reports;
using Podium.Server.Live;
using Podium.Server.Tests.Material;
using Podium.Storage.Jobs;

namespace Podium.Server.Tests.Live;

public sealed class JobsStreamTests
{
    private const string Path = "/api/training/local/stream";

    [Fact]
    public async Task Stream_OfAllJobs_NamesThoseThatChangeAndNewOnes()
    {
        await using var server = await RunningServer.StartAsync();
        await MakeAsync(server, "a");
        await MakeAsync(server, "b");
        using var events = await SentEvents.OpenAsync(await server.ClientOfAsync("viewer"), Path);
        events.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        (await NextAsync(events)).ShouldBeEmpty();

        await ReportAsync(server, "a", 10);
        (await NextAsync(events)).ShouldBe(["a"]);
        await MakeAsync(server, "c");
        (await NextAsync(events)).ShouldBe(["c"]);
    }

    [Fact]
    public async Task Stream_ManyChanges_AreToldTogetherAndOnceASecond()
    {
        await using var server = await RunningServer.StartAsync();
        foreach (var job in (string[])["a", "b"]) await MakeAsync(server, job);
        using var events = await SentEvents.OpenAsync(server.Client, Path);
        await NextAsync(events);
        for (var step = 1; step <= 40; step++) await ReportAsync(server, step % 2 == 0 ? "a" : "b", step);

        // The first may come before the last report; all there are come in far fewer events than there were reports.
        HashSet<string> heard = [];
        var count = 0;
        while (heard.Count < 2)
        {
            heard.UnionWith(await NextAsync(events));
            count++;
        }

        count.ShouldBeLessThan(20);
    }

    [Theory]
    [InlineData(0, """{"job_ids":[]}""")]
    [InlineData(2, """{"job_ids":["0","1"]}""")]
    public void Data_OfAFewJobs_NamesThem(int count, string expected) => Encoding.UTF8.GetString(JobsStream.DataOf(Names(count)).Span).ShouldBe(expected);

    [Theory]
    [InlineData(500, 500, false)]
    [InlineData(501, 500, true)]
    public void Data_OfManyJobs_NamesSomeAndSaysSo(int count, int named, bool hasMore)
    {
        var data = JsonElement.Parse(JobsStream.DataOf(Names(count)).Span);

        data.GetProperty("job_ids").GetArrayLength().ShouldBe(named);
        data.TryGetProperty("more", out _).ShouldBe(hasMore);
    }

    [Fact]
    public async Task Stream_ByAJobsOwnTokenOrNone_IsRefused()
    {
        await using var server = await RunningServer.StartAsync();
        using var own = await (await server.ClientOfJobAsync("a")).GetAsync(Path, TestContext.Current.CancellationToken);
        own.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var nobody = await server.ClientWith(null).GetAsync(Path, TestContext.Current.CancellationToken);
        nobody.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Stream_TokenIsRevoked_Ends()
    {
        await using var server = await RunningServer.StartAsync();
        using var events = await SentEvents.OpenAsync(await server.ClientOfAsync("viewer"), Path);
        await NextAsync(events);

        (await server.Client.DeleteAsync("/api/tokens/viewer", TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();

        // The server breaks it off, or comes to its end.
        await Should.ThrowAsync<IOException>(() => events.NextAsync());
    }

    [Fact]
    public async Task Stream_ChangeAtAnotherServer_IsHeardOf()
    {
        using var database = TestPostgres.Make();
        await using var here = await RunningServer.StartAsync(options => options with { Database = database.Connection });
        await using var there = await RunningServer.StartAsync(options => options with { Database = database.Connection });
        using var events = await SentEvents.OpenAsync(here.Client, Path);
        await NextAsync(events);

        await MakeAsync(there, "a");

        // That the listening began may be told before.
        while (!(await NextAsync(events)).Contains("a"))
        {
        }
    }

    private static string[] Names(int count) => [.. Enumerable.Range(0, count).Select(i => $"{i}")];

    private static async Task<string[]> NextAsync(SentEvents events)
    {
        var (name, data) = await events.NextAsync();
        name.ShouldBe("changed");
        return [.. data.GetProperty("job_ids").EnumerateArray().Select(id => id.GetString()!)];
    }

    private static Task<bool> MakeAsync(RunningServer server, string job) => server.Storage.Jobs.CreateAsync(new JobRow { JobId = job, Status = JobStatus.Pending });

    private static Task<bool> ReportAsync(RunningServer server, string job, long step) =>
        server.Storage.Jobs.ReportAsync(new JobReport(job, PointSource.Report, [new JobReportEntry(step, null, [new("loss", step)])]));
}
