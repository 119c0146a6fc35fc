using Podium.Checkpoints.Following;

namespace Podium.Checkpoints.Tests.Following;

public sealed class KeptCopyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly GrowingRun _run;

    public KeptCopyTests() => _run = new GrowingRun(_folder.Path);

    public void Dispose() => _folder.Dispose();

    private void ShouldFail(string message)
    {
        Should.Throw<IOException>(() => new KeptCopy(_folder.Path, link: false, TimeProvider.System).Make("checkpoint-10", TestContext.Current.CancellationToken)).Message.ShouldContain(message);
        _run.Kept().ShouldBeEmpty();
    }

    [Fact]
    public void Make_NoWeights_IsRefused_AndLeavesNothing()
    {
        _run.Save(10, 1);
        File.Delete(Path.Combine(_folder.Path, "checkpoint-10/model.safetensors"));

        ShouldFail("weightless");
    }

    [Fact]
    public void Make_UnreadableState_IsRefused_AndLeavesNothing()
    {
        _run.Save(10, 1);
        _folder.Write("checkpoint-10/trainer_state.json", "{ \"log_history\": [ }");

        ShouldFail("no readable state");
    }

    [Fact]
    public void Make_CheckpointIsGone_Fails_AndLeavesNothing() => ShouldFail("checkpoint-10");

    [Fact]
    public void Make_Cancelled_LeavesNothing()
    {
        _run.Save(10, 1);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Should.Throw<OperationCanceledException>(() => new KeptCopy(_folder.Path, link: false, TimeProvider.System).Make("checkpoint-10", cancelled.Token));
        _run.Kept().ShouldBeEmpty();
    }

    [Fact]
    public void Make_KeptAlready_ChangesNothing()
    {
        _run.Save(10, 1);
        var copy = new KeptCopy(_folder.Path, link: false, TimeProvider.System);
        copy.Make("checkpoint-10", TestContext.Current.CancellationToken).ShouldBeGreaterThan(0);

        Should.Throw<IOException>(() => copy.Make("checkpoint-10", TestContext.Current.CancellationToken));
        _run.Kept().ShouldBe(["checkpoint-10"]);
        _run.Files(".podium/kept/checkpoint-10").Length.ShouldBe(3);
    }
}
