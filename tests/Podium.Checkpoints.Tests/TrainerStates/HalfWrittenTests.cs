using Podium.Checkpoints.RunFolders;
using Podium.Checkpoints.Tests.Material;
using Podium.Ranking;

namespace Podium.Checkpoints.Tests.TrainerStates;

/// <summary>The Trainer does not write its file in one go, and deletes folders while others read.</summary>
public sealed class HalfWrittenTests : IDisposable
{
    private static readonly StateText Log = new StateText().Loss(10, 2).Eval(10, 1.5).Loss(20, 1).Eval(20, 1.25).Loss(30, 0.9).Eval(30, 1.2);

    private readonly RunOnDisk _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public void Read_NewestCutAtEveryByte_IsIncompleteAndTheOthersRank()
    {
        _run.Checkpoint(10, Log, 2).Checkpoint(20, Log, 4);
        var text = Log.Head("\"global_step\": 30").ToString();
        _run.Checkpoint("checkpoint-30", text);
        for (var length = 0; length < text.Length; length++)
        {
            _run.State("checkpoint-30", text[..length]);

            var folder = _run.Read(readAll: length % 2 == 0);

            folder.Unreadable.ShouldBeEmpty();
            var run = folder.Runs.ShouldHaveSingleItem().Run;
            run.Checkpoints.Single(checkpoint => checkpoint.Step == 30).State.ShouldBe(CheckpointState.Incomplete);
            Ranker.Rank(run).Best!.Checkpoint.Path.ShouldBe("checkpoint-20");
        }
    }

    [Fact]
    public void Read_OldestCutAtEveryByte_IsIncompleteAndTheOthersRank()
    {
        _run.Checkpoint(20, Log, 4).Checkpoint(30, Log, 6);
        var text = Log.First(2).Head("\"global_step\": 10").ToString();
        _run.Checkpoint("checkpoint-10", text);
        for (var length = 0; length < text.Length; length++)
        {
            _run.State("checkpoint-10", text[..length]);

            var run = _run.Read(readAll: length % 2 == 0).Runs.ShouldHaveSingleItem().Run;

            run.Checkpoints.Single(checkpoint => checkpoint.Step == 10).State.ShouldBe(CheckpointState.Incomplete);
            Ranker.Rank(run).Best!.Checkpoint.Path.ShouldNotBe("checkpoint-10");
        }
    }

    [Fact]
    public void Read_FileThatIsFinishedMeanwhile_IsTriedAgain()
    {
        var text = Log.ToString();
        foreach (var readAll in (bool[])[false, true])
        {
            _run.Checkpoint("checkpoint-30", text[..^20]);
            // The reader asks for the time, once it has begun, only to see whether a half-written file may still grow: now it does.
            var clock = new ClockThat(_run.WrittenAt("checkpoint-30"), () => _run.State("checkpoint-30", text));

            var folder = RunFolderReader.Read(_run.Path, new ReadOptions { ReadAll = readAll, Time = clock });

            clock.Asked.ShouldBe(1);
            folder.Runs.Single().Run.Checkpoints.Single().State.ShouldBe(CheckpointState.Complete);
            folder.Runs.Single().Run.History.Count.ShouldBe(6);
        }
    }

    [Fact]
    public void Read_FileThatIsNeverFinished_IsTriedOnlyBriefly()
    {
        _run.Checkpoint("checkpoint-30", Log.ToString()[..^20]);
        var clock = new ClockThat(_run.WrittenAt("checkpoint-30"), static () => { });

        RunFolderReader.Read(_run.Path, new ReadOptions { Time = clock }).Runs.Single().Run.Checkpoints.Single().State.ShouldBe(CheckpointState.Incomplete);

        clock.Asked.ShouldBe(3);
    }

    [Fact]
    public void Read_OldHalfWrittenFile_IsNotWaitedFor()
    {
        _run.Checkpoint("checkpoint-30", Log.ToString()[..^20]);
        var clock = new ClockThat(_run.WrittenAt("checkpoint-30").AddSeconds(11), static () => { });

        RunFolderReader.Read(_run.Path, new ReadOptions { Time = clock });

        clock.Asked.ShouldBe(1);
    }

    [Fact]
    public void Read_FaultyFile_IsNotWaitedFor()
    {
        _run.Checkpoint("checkpoint-30", "{\"log_history\": 5}");
        var clock = new ClockThat(DateTimeOffset.UnixEpoch, static () => { });

        RunFolderReader.Read(_run.Path, new ReadOptions { Time = clock }).Unreadable.ShouldHaveSingleItem();

        clock.Asked.ShouldBe(0);
    }

    [Fact]
    public void Read_FoldersThatVanishMeanwhile_AreLeftOut()
    {
        foreach (var readAll in (bool[])[false, true])
        {
            _run.Checkpoint(10, Log, 2).Checkpoint(20, Log, 4).Checkpoint(30, Log, 6);
            // Of all files this one is read in several tries; while it is, the trainer deletes the two others, and then itself.
            _run.Checkpoint("checkpoint-40", "{");
            var clock = new ClockThat(_run.WrittenAt("checkpoint-40"), () =>
            {
                foreach (var step in (int[])[10, 20, 40])
                    if (Path.Combine(_run.Path, $"checkpoint-{step}") is var path && Directory.Exists(path))
                        Directory.Delete(path, recursive: true);
            });

            var folder = RunFolderReader.Read(_run.Path, new ReadOptions { ReadAll = readAll, Time = clock });

            folder.Unreadable.ShouldBeEmpty();
            var left = folder.Runs.Single().Run.Checkpoints.Select(checkpoint => checkpoint.Step).ToArray();
            left.ShouldContain(30);
            left.ShouldNotContain(40);
        }
    }

    [Fact]
    public void Read_StateFileThatVanishes_LeavesTheCheckpoint()
    {
        _run.Checkpoint(20, Log, 4).Checkpoint("checkpoint-40", "{");
        var clock = new ClockThat(_run.WrittenAt("checkpoint-40"), () => File.Delete(_run.StatePath("checkpoint-40")));

        var run = RunFolderReader.Read(_run.Path, new ReadOptions { Time = clock }).Runs.Single().Run;

        run.Checkpoints.Single(checkpoint => checkpoint.Step == 40).State.ShouldBe(CheckpointState.Complete);
        Ranker.Rank(run).Best!.Checkpoint.Step.ShouldBe(20);
    }

    [Fact]
    public void Read_Cancelled_Throws()
    {
        _run.Checkpoint(10, Log, 2);

        Should.Throw<OperationCanceledException>(() => RunFolderReader.Read(_run.Path, cancellation: new CancellationToken(canceled: true)));
    }

    /// <summary>A clock that acts whenever it is asked, the first time apart: then the reader only begins.</summary>
    private sealed class ClockThat(DateTimeOffset now, Action act) : TimeProvider
    {
        private bool _hasBegun;

        public int Asked { get; private set; }

        public override DateTimeOffset GetUtcNow()
        {
            if (_hasBegun)
            {
                Asked++;
                act();
            }

            _hasBegun = true;
            return now;
        }
    }
}
