using System.Globalization;
using Podium.Storage;
using Podium.Storage.Jobs;
using Podium.Strategies;

namespace Podium.Server.Operations;

/// <summary>Says in the log when a job has a new best, and at Debug why its newest evaluation is none.</summary>
/// <remarks>Of several servers on one database, the one that took the report says it.</remarks>
internal sealed partial class RankingLog(PodiumStorage storage, ILogger<RankingLog> logger) : IHostedService
{
    private const string None = "none";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        storage.WhenRanked = Take;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Take(JobRanked ranked)
    {
        var ranking = ranked.Ranking;
        if (ranking.Best is { } best)
        {
            var path = best.Checkpoint.Path;
            if (path != ranked.PreviousPath)
            {
                var before = ranking.Checkpoints.FirstOrDefault(checkpoint => checkpoint.Checkpoint.Path == ranked.PreviousPath);
                NewBest(ranked, path, best.Score, before?.Score, best.Loss?.Value, best.Epoch, best.Checkpoint.Step);
                return;
            }

            NotBetter(ranked, path, best.Checkpoint.Step, best.Score);
        }
        else if (ranking.BestEvaluation is { } evaluation)
        {
            // Nothing is saved yet, or nothing that was may be recommended.
            if (evaluation.Step != ranked.PreviousStep)
            {
                NewBest(ranked, "not saved", evaluation.Score, ranked.PreviousEvaluation?.Score, evaluation.EvalLoss, evaluation.Epoch, evaluation.Step);
                return;
            }

            NotBetter(ranked, "not saved", evaluation.Step, evaluation.Score);
        }
    }

    private void NotBetter(JobRanked ranked, string best, long bestStep, double bestScore)
    {
        // The breakdown is made for whoever reads it alone.
        if (!logger.IsEnabled(LogLevel.Debug) || ranked.Newest is not { } newest || newest.Step <= bestStep) return;
        if (ranked.Ranking.Strategy is MultiMetricStrategy { Scorer: var scorer })
        {
            var parts = scorer.Score(newest);
            // It is better, and not saved yet.
            if (parts.Total < bestScore) return;
            var breakdown = string.Create(
                CultureInfo.InvariantCulture, $"eval_loss {parts.EvalLoss:0.####} + overfitting {parts.Overfitting:0.####} + perplexity {parts.Perplexity:0.####} + improvement {parts.Improvement:0.####}");
            NotBetter(ranked.JobId, newest.Step, best, bestStep, parts.Total, bestScore, breakdown);
            return;
        }

        // Other strategies score checkpoints, not evaluations.
        if (ranked.Ranking.Latest is { IsBest: false } latest)
        {
            var breakdown = string.Join(" + ", latest.Parts.Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Name} {part.Value:0.####}")));
            NotBetter(ranked.JobId, latest.Checkpoint.Step, best, bestStep, latest.Score, bestScore, breakdown);
        }
    }

    private void NewBest(JobRanked ranked, string path, double score, double? previousScore, double? evalLoss, double? epoch, long step)
    {
        var before = previousScore?.ToString("R", CultureInfo.InvariantCulture) ?? None;
        NewBest(ranked.JobId, path, score, ranked.PreviousPath ?? None, before, evalLoss, epoch, step);
    }

    [LoggerMessage(EventId = 3001, Level = LogLevel.Information, Message = "Job {JobId}: new best {Path}, score {Score} (before: {PreviousPath}, {PreviousScore}), eval_loss {EvalLoss}, epoch {Epoch}, step {Step}")]
    private partial void NewBest(string jobId, string path, double score, string previousPath, string previousScore, double? evalLoss, double? epoch, long step);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Debug, Message = "Job {JobId}: step {Step} is not better than {Best} at step {BestStep}: score {Score} against {BestScore} ({Breakdown})", SkipEnabledCheck = true)]
    private partial void NotBetter(string jobId, long step, string best, long bestStep, double score, double bestScore, string breakdown);
}
