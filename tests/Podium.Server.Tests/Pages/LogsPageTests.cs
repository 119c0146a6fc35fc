using System.Net;
using Podium.Server.Pages.Job;
using Podium.Server.Tests.Material;
using Podium.Storage.Jobs;

namespace Podium.Server.Tests.Pages;

/// <summary>The page of a log: its end first, its lines as text.</summary>
public sealed class LogsPageTests
{
    [Fact]
    public async Task Logs_LongLog_ShowsItsEndAndLeadsToTheRest()
    {
        using var root = new TemporaryFolder();
        await using var server = await StartAsync(root, Enumerable.Range(1, 1200).Select(line => line == 600 ? "ValueError: <b>bad</b>" : $"step {line}."));

        var end = await PageAsync(server, "/jobs/job/logs");
        var older = await PageAsync(server, "/jobs/job/logs?from=201");
        var found = await PageAsync(server, "/jobs/job/logs?search=valueerror");

        end.ShouldContain("step 1200.");
        end.ShouldContain("id=\"line-701\"");
        end.ShouldNotContain("id=\"line-700\"");
        end.ShouldContain("/jobs/job/logs?from=201");
        older.ShouldContain("id=\"line-201\"");
        older.ShouldContain("id=\"line-700\"");
        older.ShouldNotContain("id=\"line-701\"");
        found.ShouldContain("id=\"line-600\"");
        found.ShouldContain("ValueError: &lt;b&gt;bad&lt;/b&gt;");
        found.ShouldNotContain("id=\"line-601\"");
    }

    [Theory]
    [InlineData("RuntimeError: out of memory", "log-error")]
    [InlineData("2024 ERROR something", "log-error")]
    [InlineData("Traceback (most recent call last):", "log-error")]
    [InlineData("UserWarning: deprecated", "log-warning")]
    [InlineData("[WARN] slow", "log-warning")]
    [InlineData("{'eval_error': 0.1}", null)]
    [InlineData("no errors, 0 warnings", null)]
    public void LevelOf_Line_GoesByObviousWordsAlone(string line, string? level) => LogText.LevelOf(line).ShouldBe(level);

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("\u001b[31mred\u001b[0m\tand", "red\tand")]
    [InlineData("bell\a null\0", "bell\u2407 null\u2400")]
    public void Shown_WhatIsForTerminals_IsLeftOutOrGetsASign(string line, string shown) => LogText.Shown(line).ShouldBe(shown);

    private static async Task<RunningServer> StartAsync(TemporaryFolder root, IEnumerable<string> lines)
    {
        var folder = Path.Combine(root.Path, "run");
        Directory.CreateDirectory(folder);
        await File.WriteAllLinesAsync(Path.Combine(folder, "console.log"), lines);
        var server = await RunningServer.StartAsync(options => options with { Runs = [root.Path] });
        await server.Storage.Jobs.CreateAsync(new JobRow { JobId = "job", Status = JobStatus.Running, RunFolder = folder });
        return server;
    }

    private static async Task<string> PageAsync(RunningServer server, string path)
    {
        var answer = await server.Client.GetAsync(path, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
