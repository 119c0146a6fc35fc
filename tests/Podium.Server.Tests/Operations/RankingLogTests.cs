using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Podium.Server.Tests.Material;

namespace Podium.Server.Tests.Operations;

public sealed class RankingLogTests
{
    [Fact]
    public async Task NewBest_AndOneThatIsNot_StandInTheLogWithTheirNumbers()
    {
        using var log = new Lines();
        await using var server = await RunningServer.StartAsync(configure: builder =>
        {
            builder.Logging.AddFilter("Podium.Server.Operations", LogLevel.Debug);
            builder.Services.AddSingleton<ILoggerProvider>(log);
        });
        (await server.PostAsync("/api/training/local/jobs", new { job_id = "a" })).EnsureSuccessStatusCode();

        foreach (var (step, loss) in ((int, double)[])[(10, 2.0), (20, 1.5), (30, 1.9)])
        {
            (await server.PostTextAsync("/api/training/local/metrics", $$"""{"job_id": "a", "metrics": [{"step": {{step}}, "epoch": 1, "eval_loss": {{loss}}}]}""")).EnsureSuccessStatusCode();
            (await server.PostAsync("/api/training/checkpoints/a", new { path = $"checkpoint-{step}", step })).EnsureSuccessStatusCode();
        }

        var best = log.All.Where(line => line.Id == 3001).ToArray();
        best.ShouldAllBe(line => line.Level == LogLevel.Information);
        best[0].Text.ShouldContain("(before: none, none)");
        best[^1].Text.ShouldMatch(@"^Job a: new best checkpoint-20, score 0\.\d+ \(before: checkpoint-10, 0\.\d+\), eval_loss 1\.5, epoch .*, step 20$");
        var notBetter = log.All.Last(line => line.Id == 3002);
        notBetter.Level.ShouldBe(LogLevel.Debug);
        notBetter.Text.ShouldStartWith("Job a: step 30 is not better than checkpoint-20 at step 20: score ");
        notBetter.Text.ShouldContain("eval_loss 0.95 + overfitting 0 + perplexity 0.0334 + improvement 0");
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<(int Id, LogLevel Level, string Text)> All { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Enqueue((eventId.Id, logLevel, formatter(state, exception)));

        public void Dispose()
        {
        }
    }
}
