using Podium.Ranking;
using Podium.Robustness;
using Podium.Strategies;

namespace Podium.Server.Listing;

/// <summary>Ranks a job and says it in the listing's words.</summary>
internal static class ListingMaker
{
    /// <summary>Makes a listing.</summary>
    /// <param name="job">The job.</param>
    /// <param name="folder">Its run folder, if that is known.</param>
    /// <param name="isReached">Whether the folder could be looked into; if not, what is known of it is of an earlier time.</param>
    /// <param name="notes">What to know about the folder.</param>
    public static CheckpointListing Make(RankedJob job, string? folder, bool isReached, IReadOnlyList<RankingNote> notes)
    {
        var newest = job.Runs[^1];
        var ranking = Ranker.Rank(newest.Run, job.Strategy);
        var comparison = StrategyComparison.Of(ranking);
        RankingNote[] refusal = ranking.Refusal is { } refused ? [new RankingNote(refused.Code, refused.Message)] : [];
        return new CheckpointListing
        {
            JobId = job.Row.JobId,
            Strategy = job.Strategy.Name,
            Weights = job.Strategy is MultiMetricStrategy { Scorer.Weights: var weights } ? new ListedWeights(weights.EvalLoss, weights.Overfitting, weights.Perplexity, weights.Improvement) : null,
            Checkpoints = Checkpoints(job, ranking),
            BestCheckpoint = ranking.Best?.Checkpoint.Path,
            LatestCheckpoint = ranking.Latest?.Checkpoint.Path,
            BestEvaluation = ranking.BestEvaluation is { } best ? new ListedEvaluation(best.Step, Finite(best.EvalLoss), Finite(best.Score)) : null,
            Source = isReached ? "folder" : "database",
            RunFolder = folder,
            Run = newest.Number,
            StrategiesDisagree = comparison.Disagree,
            Strategies = [.. comparison.Picks.Select(Pick)],
            Warnings = [.. refusal.Concat(ranking.Warnings).Concat(notes).Select(note => new ListedNote(note.Code, note.Message))],
        };
    }

    private static List<ListedCheckpoint> Checkpoints(RankedJob job, RunRanking newest)
    {
        Dictionary<string, List<int>> runs = new(StringComparer.Ordinal);
        foreach (var run in job.Runs)
            foreach (var checkpoint in run.Run.Checkpoints)
                if (runs.TryGetValue(checkpoint.Path, out var numbers)) numbers.Add(run.Number);
                else runs.Add(checkpoint.Path, [run.Number]);

        List<ListedCheckpoint> listed = [];
        for (var i = job.Runs.Count - 1; i >= 0; i--)
        {
            var run = job.Runs[i];
            // An older run is only ranked where it has something that no newer one has.
            if (!run.Run.Checkpoints.Any(checkpoint => runs[checkpoint.Path][^1] == run.Number)) continue;
            var isNewest = i == job.Runs.Count - 1;
            var ranking = isNewest ? newest : Ranker.Rank(run.Run, job.Strategy);
            foreach (var ranked in ranking.Checkpoints)
                if (runs[ranked.Checkpoint.Path] is var numbers && numbers[^1] == run.Number)
                    listed.Add(Checkpoint(ranked, numbers, isNewest));
        }

        listed.Sort((a, b) => b.Step != a.Step ? b.Step.CompareTo(a.Step) : string.CompareOrdinal(a.Path, b.Path));
        return listed;
    }

    private static ListedCheckpoint Checkpoint(RankedCheckpoint ranked, List<int> runs, bool isOfNewest)
    {
        var checkpoint = ranked.Checkpoint;
        return new ListedCheckpoint
        {
            Path = checkpoint.Path,
            Epoch = Finite(ranked.Epoch),
            Step = checkpoint.Step,
            EvalStep = (ranked.Scored ?? ranked.Loss)?.Step,
            EvalLoss = Finite(ranked.Loss?.Value),
            TrainLoss = Finite(ranked.Loss?.TrainLoss),
            EpochsWithoutImprovement = ranked.Loss?.EpochsWithoutImprovement,
            Score = Finite(ranked.Score),
            Components = ranked.Parts.ToDictionary(part => part.Name, part => Finite(part.Value), StringComparer.Ordinal),
            Rank = ranked.Rank,
            // Nothing that was saved has no bytes: that of a report which did not say is not known.
            SizeBytes = checkpoint.SizeBytes > 0 ? checkpoint.SizeBytes : null,
            CreatedAt = checkpoint.CreatedAt?.UtcDateTime,
            State = checkpoint.State.Spelling(),
            Runs = runs,
            // The job has one best and one latest: those of its newest run.
            IsBest = isOfNewest && ranked.IsBest,
            IsLatest = isOfNewest && ranked.IsLatest,
        };
    }

    private static ListedPick Pick(StrategyPick pick) => new(
        pick.Strategy,
        pick.Metric,
        pick.Path,
        pick.Step,
        Finite(pick.EvalLoss),
        [.. pick.Costs.Select(cost => new ListedCost(cost.Strategy, Finite(cost.Score), Finite(cost.Behind), Finite(cost.Share)))]);

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
