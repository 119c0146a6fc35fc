using Podium.Checkpoints.Following;
using Podium.Checkpoints.Tests.EventFiles;
using Podium.Strategies;

namespace Podium.Checkpoints.Tests.Following;

/// <summary>inotify and polling must tell of the same things and keep the same.</summary>
public sealed class BothWaysTests
{
    [Fact]
    public void Follow_SameMutations_SameEventsAndSameKept()
    {
        var watched = Follow(poll: false);
        var polled = Follow(poll: true);

        polled.Events.ShouldBe(watched.Events);
        polled.Kept.ShouldBe(watched.Kept);
        watched.Events.ShouldContain("released .podium/kept/checkpoint-10");
        watched.Events.ShouldContain("gone checkpoint-20 kept");
        watched.Kept.Length.ShouldBe(2);
    }

    private static (string[] Events, string[] Kept) Follow(bool poll)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "run");
        var run = new GrowingRun(path);
        var events = EventFileWriter.Begun();
        (Action Change, string Last)[] mutations =
        [
            (() => run.Save(10, 2), "progress 10/1000"),
            (() => events.TrainingLog(15, 1.5f).Save(folder, "run/runs/a/events.out.tfevents.1"), "progress 15/1000"),
            (() => events.EvaluationLog(20, 1f).Save(folder, "run/runs/a/events.out.tfevents.1"), "progress 20/1000"),
            (() => run.Save(20, 1), "released .podium/kept/checkpoint-10"),
            (() => run.Rotate(10), "gone checkpoint-10"),
            (() => run.Save(30, 1.5), "progress 30/1000"),
            (() => run.Rotate(20), "gone checkpoint-20 kept"),
            (() => run.ForkAfter(1).Save(20, 1.75), "saved checkpoint-20"),
        ];

        using var watch = new RunWatch(path, new FollowOptions
        {
            Strategy = new EvalLossStrategy(),
            KeepBest = 1,
            Changes = new ChangeOptions { Poll = poll ? TimeSpan.FromMilliseconds(50) : null, Debounce = TimeSpan.FromMilliseconds(50) },
        });
        List<string> told = [];
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        told.AddRange(EventTextOf.Of(watch.Look(patience.Token)));
        foreach (var (change, last) in mutations)
        {
            var before = told.Count;
            change();
            while (!told.Skip(before).Contains(last))
            {
                watch.Wait(patience.Token).ShouldBeTrue($"waited for '{last}', was told: {string.Join("; ", told)}");
                told.AddRange(EventTextOf.Of(watch.Look(patience.Token)));
            }
        }

        // A mutation of several pieces may be seen in pieces: what is told of it, and how often, is the same.
        told.AddRange(EventTextOf.Of(watch.Look(patience.Token)));
        return ([.. told.Order(StringComparer.Ordinal)], run.Kept());
    }
}
