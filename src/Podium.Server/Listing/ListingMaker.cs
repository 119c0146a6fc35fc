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
    /// <param name="isExplained">Whether it is to say why.</param>
    public static CheckpointListing Make(RankedJob job, string? folder, bool isReached, IReadOnlyList<RankingNote> notes, bool isExplained = false)
    {
        var runs = new RankedRuns(job);
        var ranking = runs.Newest;
        var acceptability = isExplained ? RankAcceptability.Of(ranking) : null;
        var comparison = StrategyComparison.Of(ranking);
        RankingNote[] refusal = ranking.Refusal is { } refused ? [new RankingNote(refused.Code, refused.Message)] : [];
        return new CheckpointListing
        {
            JobId = job.Row.JobId,
            Strategy = job.Strategy.Name,
            Weights = job.Strategy is MultiMetricStrategy { Scorer.Weights: var weights } ? new ListedWeights(weights.EvalLoss, weights.Overfitting, weights.Perplexity, weights.Improvement) : null,
            Checkpoints = Checkpoints(runs, isExplained, acceptability),
            BestCheckpoint = ranking.Best?.Checkpoint.Path,
            LatestCheckpoint = ranking.Latest?.Checkpoint.Path,
            BestEvaluation = ranking.BestEvaluation is { } best ? new ListedEvaluation(best.Step, Finite(best.EvalLoss), Finite(best.Score)) : null,
            Source = isReached ? "folder" : "database",
            RunFolder = folder,
            Run = job.Runs[^1].Number,
            StrategiesDisagree = comparison.Disagree,
            Strategies = [.. comparison.Picks.Select(Pick)],
            Warnings = [.. refusal.Concat(ranking.Warnings).Concat(notes).Select(ListedNote.Of)],
            Explanation = isExplained ? ExplanationMaker.Make(runs, comparison, acceptability) : null,
        };
    }

    private static List<ListedCheckpoint> Checkpoints(RankedRuns ranked, bool isExplained, RankAcceptability? acceptability)
    {
        Dictionary<string, List<int>> runs = new(StringComparer.Ordinal);
        for (var place = 0; place < ranked.Count; place++)
            foreach (var checkpoint in ranked[place].Run.Checkpoints)
                if (runs.TryGetValue(checkpoint.Path, out var numbers)) numbers.Add(ranked[place].Number);
                else runs.Add(checkpoint.Path, [ranked[place].Number]);

        List<ListedCheckpoint> listed = [];
        for (var place = ranked.Count - 1; place >= 0; place--)
        {
            var run = ranked[place];
            // An older run is only ranked where it has something that no newer one has.
            if (!run.Run.Checkpoints.Any(checkpoint => runs[checkpoint.Path][^1] == run.Number)) continue;
            var isNewest = place == ranked.Count - 1;
            var ranking = ranked.Ranking(place);
            var reasons = isExplained ? RankingReasons.ForAll(ranking, isNewest ? acceptability : RankAcceptability.Of(ranking)) : null;
            for (var i = 0; i < ranking.Checkpoints.Count; i++)
                if (runs[ranking.Checkpoints[i].Checkpoint.Path] is var numbers && numbers[^1] == run.Number)
                    listed.Add(Checkpoint(ranking.Checkpoints[i], numbers, isNewest, reasons?[i]));
        }

        listed.Sort((a, b) => b.Step != a.Step ? b.Step.CompareTo(a.Step) : string.CompareOrdinal(a.Path, b.Path));
        return listed;
    }

    private static ListedCheckpoint Checkpoint(RankedCheckpoint ranked, List<int> runs, bool isOfNewest, IReadOnlyList<RankingNote>? reasons)
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
            Reasons = reasons is null ? null : [.. reasons.Select(ListedNote.Of)],
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
