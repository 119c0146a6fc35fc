using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Podium.Downsampling;
using Podium.Reports;
using Podium.Server.Metrics;
using Podium.Server.Tests.Material;
using Podium.Storage.Jobs;

namespace Podium.Server.Tests.Metrics;

/// <summary>What pages of many jobs show of each job's series.</summary>
public sealed class SummaryTests
{
    [Fact]
    public async Task Summary_OfTheNewestRun_HasTheBestByItsDirectionAndTheLastThatWasFinite()
    {
        await using var server = await RunningServer.StartAsync();
        await MakeAsync(server);
        // Long enough to be thinned out, with its best deep inside.
        await ReportAsync(server, [.. Enumerable.Range(1, 3000).SelectMany(step => ((long, string, double)[])
        [
            (step, "eval_loss", step == 1234 ? 0.25 : 2 + step / 1e6),
            (step, "eval_accuracy", step is 777 or 778 ? 0.9 : 0.5),
            (step, "grad_norm", step == 2000 ? 99 : 1),
            (step, "eval_wer", step == 3000 ? double.NaN : 0.5),
            (step, "eval_bleu", double.NaN),
        ])]);

        var summary = await server.GetAsync("/api/training/local/a/metrics/summary");

        summary.GetProperty("job_id").GetString().ShouldBe("a");
        summary.GetProperty("run").GetInt32().ShouldBe(1);
        var metrics = summary.GetProperty("metrics").EnumerateArray().ToDictionary(metric => metric.GetProperty("key").GetString()!);
        metrics.Keys.ShouldBe(["eval_accuracy", "eval_bleu", "eval_loss", "eval_wer", "grad_norm"]);
        metrics["eval_loss"].GetRawText().ShouldBe("""{"key":"eval_loss","direction":"min","best":0.25,"best_step":1234,"min":0.25,"max":2.003,"last":2.003,"last_step":3000,"count":3000}""");
        metrics["eval_accuracy"].GetRawText().ShouldBe("""{"key":"eval_accuracy","direction":"max","best":0.9,"best_step":777,"min":0.5,"max":0.9,"last":0.5,"last_step":3000,"count":3000}""");
        metrics["grad_norm"].GetRawText().ShouldBe("""{"key":"grad_norm","direction":null,"best":null,"best_step":null,"min":1,"max":99,"last":1,"last_step":3000,"count":3000}""");
        metrics["eval_wer"].GetProperty("last_step").GetInt64().ShouldBe(2999);
        metrics["eval_bleu"].GetRawText().ShouldBe("""{"key":"eval_bleu","direction":"max","best":null,"best_step":null,"min":null,"max":null,"last":null,"last_step":null,"count":3000}""");

        await ReportAsync(server, (3001, "eval_loss", 0.125));
        (await server.GetAsync("/api/training/local/a/metrics/summary")).GetProperty("metrics")[2].GetProperty("best_step").GetInt64().ShouldBe(3001);
        (await server.Client.GetAsync("/api/training/local/none/metrics/summary", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var other = await (await server.ClientOfJobAsync("b")).GetAsync("/api/training/local/a/metrics/summary", TestContext.Current.CancellationToken);
        other.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Sparkline_OfALongJob_HasFewPointsAndItsSpikes()
    {
        await using var server = await RunningServer.StartAsync();
        await MakeAsync(server);
        await ReportAsync(server, [.. Enumerable.Range(1, 2000).Select(step => ((long)step, "loss", step == 999 ? 50.0 : 1.0))]);
        await ReportAsync(server, (100, "eval_loss", 1.5), (200, "eval_loss", 1.25));
        var sparklines = server.Services.GetRequiredService<Sparklines>();

        var sparkline = await sparklines.OfAsync(await RowAsync(server), TestContext.Current.CancellationToken);

        sparkline.Loss.Count.ShouldBeLessThanOrEqualTo(64);
        sparkline.Loss.ShouldContain(new SeriesPoint(999, 50));
        sparkline.Loss[^1].Step.ShouldBe(2000);
        sparkline.EvalLoss.ShouldBe([new SeriesPoint(100, 1.5), new SeriesPoint(200, 1.25)]);
        (await sparklines.OfAsync(await RowAsync(server), TestContext.Current.CancellationToken)).ShouldBeSameAs(sparkline);
    }

    [Fact]
    public async Task Sparkline_OfAJobWithoutLossesOrOneThatIsGone_IsEmpty()
    {
        await using var server = await RunningServer.StartAsync();
        await MakeAsync(server);
        var sparklines = server.Services.GetRequiredService<Sparklines>();

        (await sparklines.OfAsync(await RowAsync(server), TestContext.Current.CancellationToken)).Loss.ShouldBeEmpty();
        (await sparklines.OfAsync(new JobRow { JobId = "gone", Status = JobStatus.Running }, TestContext.Current.CancellationToken)).EvalLoss.ShouldBeEmpty();
    }

    private static async Task<JobRow> RowAsync(RunningServer server) => (await server.Storage.Jobs.FindAsync("a", TestContext.Current.CancellationToken))!;

    private static Task<bool> MakeAsync(RunningServer server) => server.Storage.Jobs.CreateAsync(new JobRow { JobId = "a", Status = JobStatus.Pending });

    private static Task<bool> ReportAsync(RunningServer server, params (long Step, string Key, double Value)[] points) =>
        server.Storage.Jobs.ReportAsync(new JobReport("a", PointSource.Report, [.. points.GroupBy(point => point.Step).Select(step => new JobReportEntry(step.Key, null, [.. step.Select(point => new KeyValuePair<string, double>(point.Key, point.Value))]))]));
}
