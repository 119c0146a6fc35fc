using Podium.Server.Metrics;
using Podium.Storage.Jobs;

namespace Podium.Server.Tests.Metrics;

public sealed class KeptReadingsTests
{
    private readonly Clock _clock = new();
    private int _read;

    [Fact]
    public async Task Find_JobThatStands_IsReadOnce()
    {
        using var kept = Make(rest: 0);
        (await FindAsync(kept, Job("a", 1))).ShouldBe("1");
        (await FindAsync(kept, Job("a", 1))).ShouldBe("1");
        // A page that was begun before may know an older row.
        (await FindAsync(kept, Job("a", 0))).ShouldBe("1");
        (await FindAsync(kept, Job("a", 2))).ShouldBe("2");
    }

    [Fact]
    public async Task Find_JobThatGoesOn_IsLeftInPeaceForAWhile()
    {
        using var kept = Make(rest: 5);
        await FindAsync(kept, Job("a", 1));
        _clock.GoOn(4.9);
        (await FindAsync(kept, Job("a", 2))).ShouldBe("1");
        _clock.GoOn(0.1);
        (await FindAsync(kept, Job("a", 3))).ShouldBe("2");
    }

    [Fact]
    public async Task Find_AnotherJobOfTheName_IsReadAnew()
    {
        using var kept = Make(rest: 5);
        await FindAsync(kept, Job("a", 7));
        (await FindAsync(kept, Job("a", 7) with { CreatedAt = 9 })).ShouldBe("2");
    }

    [Fact]
    public async Task Find_MoreThanIsKept_ForgetsWhatWasNotAskedForLongest()
    {
        using var kept = Make(rest: 0, most: 2);
        await FindAsync(kept, Job("a", 1));
        _clock.GoOn(1);
        await FindAsync(kept, Job("b", 1));
        _clock.GoOn(1);
        await FindAsync(kept, Job("a", 1));
        _clock.GoOn(1);
        await FindAsync(kept, Job("c", 1));
        (await FindAsync(kept, Job("a", 1))).ShouldBe("1");
        (await FindAsync(kept, Job("b", 1))).ShouldBe("4");
    }

    [Fact]
    public async Task Find_ManyAtOnce_ReadsTwoAtATime()
    {
        using var kept = Make(rest: 0);
        var go = new TaskCompletionSource();
        var (reading, most) = (0, 0);
        var asked = Enumerable.Range(0, 8).Select(i => kept.FindAsync(Job($"{i}", 1), Read, TestContext.Current.CancellationToken).AsTask()).ToArray();
        Volatile.Read(ref reading).ShouldBe(2);
        go.SetResult();
        await Task.WhenAll(asked);
        most.ShouldBe(2);

        async Task<string?> Read(CancellationToken cancellation)
        {
            most = Math.Max(most, Interlocked.Increment(ref reading));
            await go.Task.WaitAsync(cancellation);
            Interlocked.Decrement(ref reading);
            return "x";
        }
    }

    [Fact]
    public async Task Find_JobThatIsGone_IsNothingAndAskedForAgain()
    {
        using var kept = Make(rest: 5);
        (await kept.FindAsync(Job("a", 1), _ => Task.FromResult<string?>(null), TestContext.Current.CancellationToken)).ShouldBeNull();
        (await FindAsync(kept, Job("a", 1))).ShouldBe("1");
    }

    private KeptReadings<string> Make(double rest, int most = 100) => new(most, _ => 1, TimeSpan.FromSeconds(rest), _clock);

    private ValueTask<string?> FindAsync(KeptReadings<string> kept, JobRow row) =>
        kept.FindAsync(row, _ => Task.FromResult<string?>($"{++_read}"), TestContext.Current.CancellationToken);

    private static JobRow Job(string id, long seq) => new() { JobId = id, Status = JobStatus.Running, Seq = seq };

    private sealed class Clock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void GoOn(double seconds) => _ticks += (long)(seconds * TimeSpan.TicksPerSecond);
    }
}
