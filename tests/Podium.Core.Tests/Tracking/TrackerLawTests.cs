using FsCheck;
using FsCheck.Fluent;
using Podium.Core.Tests.Material;
using Podium.Evaluations;
using Podium.Ranking;
using Podium.Strategies;
using Podium.Tracking;

namespace Podium.Core.Tests.Tracking;

public sealed class TrackerLawTests
{
    public static TheoryData<string> Strategies => [.. AnyStrategy.All.Select((strategy, i) => $"{i} {strategy.Name}")];

    [Theory]
    [MemberData(nameof(Strategies))]
    public void Ranking_AfterEveryObservation_IsThatOfTheRanker(string name) => Law.Holds(
        Training,
        training => Follow(training, AnyStrategy.All[name[0] - '0'], static _ => true),
        Smaller);

    [Fact]
    public void Ranking_AskedForNowAndThen_IsThatOfTheRanker() => Law.Holds(
        Training,
        training => Follow(training, AnyStrategy.AskedFor, static i => i % 5 == 4),
        Smaller);

    private static void Follow(Observation[] training, Strategy strategy, Func<int, bool> looks)
    {
        var tracker = new BestCheckpointTracker(strategy);
        List<LogLine> lines = [];
        List<Checkpoint> checkpoints = [];
        TrainerChoice choice = default;
        for (var i = 0; i < training.Length; i++)
        {
            switch (training[i])
            {
                case Logged { Line: var line }:
                    lines.Add(line);
                    tracker.Observe((long)line.Step, line.Metrics);
                    break;
                case Saved { Checkpoint: var saved }:
                    checkpoints.RemoveAll(other => other.Path == saved.Path);
                    checkpoints.Add(saved);
                    tracker.Save(saved);
                    break;
                case Removed { Place: var place } when checkpoints.Count > 0:
                    var gone = checkpoints[place % checkpoints.Count];
                    checkpoints.Remove(gone);
                    tracker.Remove(gone.Path).ShouldBeTrue();
                    break;
                case Chosen { Choice: var chosen }:
                    tracker.TrainerChoice = choice = chosen;
                    break;
            }

            if (looks(i)) ShouldBeAlike(tracker, Ranker.Rank(new Run(LogLine.HistoryOf(lines), checkpoints) { TrainerChoice = choice }, strategy));
        }
    }

    private static void ShouldBeAlike(BestCheckpointTracker tracker, RunRanking ranking)
    {
        (tracker.Best?.Checkpoint).ShouldBe(ranking.Best?.Checkpoint);
        (tracker.Best?.Score).ShouldBe(ranking.Best?.Score);
        tracker.BestEvaluation.ShouldBe(ranking.BestEvaluation);
        tracker.Ranking.Refusal.ShouldBe(ranking.Refusal);
        ShouldBeAlike(tracker.Ranking.Warnings, ranking.Warnings);
        ShouldBeAlike(Places(tracker.Ranking), Places(ranking));
    }

    private static (long, double, Evaluation?)[] Places(RunRanking ranking) =>
        [.. ranking.Checkpoints.Select(ranked => (ranked.Checkpoint.Step, ranked.Score, ranked.Scored))];

    private static void ShouldBeAlike<T>(IReadOnlyList<T> tracked, IReadOnlyList<T> ranked)
    {
        // Telling how two lists differ takes a hundred times as long as seeing whether they do.
        if (!tracked.SequenceEqual(ranked)) tracked.ShouldBe(ranked);
    }

    private static Gen<Observation[]> Training { get; } = Gen.Frequency(
            (6, Logs.NextLine.Select(line => (Advance: line.Advance ?? 0, line.Metrics, Other: (Observation?)null))),
            (3, Gen.Elements(0, 0, 0, 4, -10).SelectMany(_ => AnyRun.AnyCheckpoint, (advance, checkpoint) => (advance, Metrics: ((string, double)[])[], Other: (Observation?)new Saved(checkpoint)))),
            (1, Gen.Choose(0, 20).Select(place => (0, Metrics: ((string, double)[])[], Other: (Observation?)new Removed(place)))),
            (1, Gen.Choose(1, 64).Select(sixteenths => (0, Metrics: ((string, double)[])[], Other: (Observation?)new Chosen(new TrainerChoice(sixteenths / 16.0, null, 10))))))
        .ArrayOf()
        .Select(Along);

    /// <summary>Gives the lines their steps, and has most checkpoints saved where the training stands.</summary>
    private static Observation[] Along((int Advance, (string, double)[] Metrics, Observation? Other)[] events)
    {
        var step = 0;
        var observations = new Observation[events.Length];
        for (var i = 0; i < events.Length; i++)
        {
            var (advance, metrics, other) = events[i];
            observations[i] = other switch
            {
                null => new Logged(new LogLine(Logs.Next(ref step, advance), metrics)),
                Saved { Checkpoint: var saved } when saved.Step % 10 == 0 => new Saved(HistoryOf.At(Math.Max(0, step + advance), saved.State)),
                Chosen chosen => new Chosen(chosen.Choice with { BestCheckpointStep = step }),
                _ => other,
            };
        }

        return observations;
    }

    private static IEnumerable<Observation[]> Smaller(Observation[] training) => Law.WithoutOne(training);

    private abstract record Observation;

    private sealed record Logged(LogLine Line) : Observation;

    private sealed record Saved(Checkpoint Checkpoint) : Observation;

    private sealed record Removed(int Place) : Observation;

    private sealed record Chosen(TrainerChoice Choice) : Observation;
}
