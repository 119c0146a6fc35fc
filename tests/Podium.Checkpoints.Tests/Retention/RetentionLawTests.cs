using FsCheck;
using FsCheck.Fluent;
using Podium.Checkpoints.Retention;
using Podium.Ranking;
using Podium.Strategies;

namespace Podium.Checkpoints.Tests.Retention;

public sealed class RetentionLawTests
{
    private static readonly Strategy[] Strategies = [new MultiMetricStrategy(Podium.Scoring.MultiMetricScorer.Default, AskedFor: true), new EvalLossStrategy(), new PlateauStrategy(0.3)];

    [Fact]
    public void Plan_KeepsTheBestTheLatestAndEveryAncestor() => Holds(folder =>
    {
        var ranking = folder.Made.Rank(folder.Strategy);
        var kept = folder.Plan().Kept();
        foreach (var run in ranking.Runs)
        {
            if (folder.Best > 0 && run.Best is { } best) kept.ShouldContain(best.Checkpoint.Path);
            RankedCheckpoint[] usable = [.. run.Checkpoints.Where(ranked => ranked.Checkpoint.IsRecommendable)];
            usable.Count(ranked => kept.Contains(ranked.Checkpoint.Path)).ShouldBeGreaterThanOrEqualTo(Math.Min(usable.Length, folder.Latest));
            usable.Where(ranked => double.IsFinite(ranked.Score)).Count(ranked => kept.Contains(ranked.Checkpoint.Path))
                .ShouldBeGreaterThanOrEqualTo(Math.Min(usable.Count(ranked => double.IsFinite(ranked.Score)), folder.Best));
            foreach (var latest in usable.OrderByDescending(ranked => ranked.Checkpoint.Step).Take(folder.Latest)) kept.ShouldContain(latest.Checkpoint.Path);

            foreach (var other in ranking.Runs.Where(other => other != run))
            {
                var shared = run.Checkpoints.Select(ranked => ranked.Checkpoint).Intersect(other.Checkpoints.Select(ranked => ranked.Checkpoint)).Where(checkpoint => checkpoint.IsRecommendable);
                if (shared.MaxBy(checkpoint => checkpoint.Step) is { } ancestor) kept.ShouldContain(ancestor.Path);
            }
        }
    });

    [Fact]
    public void Plan_WithMoreToKeep_DeletesNothingMore() => Holds(folder =>
    {
        var deleted = folder.Plan().Deleted();

        (folder with { Best = folder.Best + 1 }).Plan().Deleted().Except(deleted).ShouldBeEmpty();
        (folder with { Latest = folder.Latest + 1 }).Plan().Deleted().Except(deleted).ShouldBeEmpty();
    });

    [Fact]
    public void Plan_CarriedOut_LeavesTheSameBestAndNothingMoreToDelete() => Holds(folder =>
    {
        if (folder.Best == 0) return;
        var before = folder.Made.Rank(folder.Strategy);
        var kept = folder.Plan().Kept();
        var left = folder with { Runs = [.. folder.Runs.Select(run => run with { Checkpoints = [.. run.Checkpoints.Where(checkpoint => kept.Contains(checkpoint.Path))] })] };

        left.Made.Rank(folder.Strategy).Runs.Select(run => run.Best?.Checkpoint.Path).ShouldBe(before.Runs.Select(run => run.Best?.Checkpoint.Path));
        left.Plan().Deleted().ShouldBeEmpty();
    });

    private static void Holds(Action<AnyFolder> law) =>
        Prop.ForAll(AnyFolder.Any.ToArbitrary(), law).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(20_260_101, 0x9E3779B97F4A7C15).WithEndSize(30));

    /// <summary>One to three runs, each a fork of the first, and what is asked to stay.</summary>
    private sealed record AnyFolder(AnyFolder.OneRun[] Runs, int Best, int Latest, Strategy Strategy)
    {
        public sealed record OneRun((long, double)[] Evaluations, Checkpoint[] Checkpoints);

        private static readonly Gen<double> Loss = Gen.Frequency((12, Gen.Choose(1, 64).Select(sixteenths => sixteenths / 16.0)), (1, Gen.Constant(double.NaN)));

        private static readonly Gen<CheckpointState> State = Gen.Frequency(
            (8, Gen.Constant(CheckpointState.Complete)),
            (1, Gen.Elements(CheckpointState.Damaged, CheckpointState.Incomplete)),
            (1, Gen.Elements(CheckpointState.Weightless, CheckpointState.NeedsConsolidation)));

        /// <summary>What follows the point at which a run began: evaluations, and checkpoints at some of them or in between.</summary>
        private static readonly Gen<(double Loss, int Saved, CheckpointState State)[]> Stretch = (
            from loss in Loss
            from saved in Gen.Choose(0, 3)
            from state in State
            select (loss, saved, state)).ArrayOf();

        public static Gen<AnyFolder> Any { get; } =
            from trunk in Stretch
            from forks in (from length in Gen.Choose(0, 12) from stretch in Stretch select (length, stretch)).ArrayOf().Select(forks => forks.Take(2).ToArray())
            from best in Gen.Choose(0, 3)
            from latest in Gen.Choose(0, 3)
            from strategy in Gen.Elements(Strategies)
            select new AnyFolder([Follow(new OneRun([], []), trunk, 0), .. forks.Select((fork, i) => Fork(trunk, fork.length, fork.stretch, i + 1))], best, latest, strategy);

        public MadeRanking Made
        {
            get
            {
                var made = new MadeRanking();
                foreach (var run in Runs) made.Run(run.Evaluations, run.Checkpoints);
                return made;
            }
        }

        public RetentionPlan Plan() => Made.Plan(Best, Latest, Strategy);

        private static OneRun Fork((double, int, CheckpointState)[] trunk, int length, (double, int, CheckpointState)[] stretch, int offset) =>
            Follow(Follow(new OneRun([], []), [.. trunk.Take(length)], 0), stretch, offset);

        private static OneRun Follow(OneRun before, (double Loss, int Saved, CheckpointState State)[] stretch, int offset)
        {
            List<(long, double)> evaluations = [.. before.Evaluations];
            List<Checkpoint> checkpoints = [.. before.Checkpoints];
            foreach (var (loss, saved, state) in stretch)
            {
                var step = 10 * (evaluations.Count + 1);
                evaluations.Add((step, loss));
                if (saved > 0) checkpoints.Add(MadeRanking.At(step - (saved == 3 ? 4 : 0), state) with { Path = $"checkpoint-{step}-{offset}" });
            }

            return new OneRun([.. evaluations], [.. checkpoints]);
        }

        public override string ToString() => $"best {Best}, latest {Latest}, {Strategy.Name}: " + string.Join(" | ", Runs.Select(run =>
            $"{string.Join(" ", run.Evaluations)} saved {string.Join(" ", run.Checkpoints.Select(checkpoint => $"{checkpoint.Path}@{checkpoint.Step}:{checkpoint.State}"))}"));
    }
}
