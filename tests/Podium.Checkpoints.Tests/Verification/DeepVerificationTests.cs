using System.Diagnostics;
using Podium.Checkpoints.Verification;
using Podium.Ranking;

namespace Podium.Checkpoints.Tests.Verification;

/// <summary>Reading every byte, and holding it against what was read before.</summary>
public sealed class DeepVerificationTests : IDisposable
{
    private const string Model = "checkpoint-40/model.safetensors";

    private readonly CheckpointsOnDisk _run = new();

    public DeepVerificationTests() => WeightFiles.WriteSafetensors(_run.At(Model), ("w", [400_000]));

    public void Dispose() => _run.Dispose();

    private CheckpointVerification Verify(string checkpoint = "checkpoint-40", Action<long>? onRead = null, CancellationToken cancellation = default) =>
        DeepVerification.Verify(_run.Path, checkpoint, CheckpointsOnDisk.VerifyFolder(_run.Path, DateTimeOffset.MaxValue)[checkpoint], TimeProvider.System, onRead, cancellation);

    private void Change(Action<byte[]> change, bool isWritten)
    {
        var path = _run.At(Model);
        var time = File.GetLastWriteTimeUtc(path);
        var bytes = File.ReadAllBytes(path);
        change(bytes);
        File.WriteAllBytes(path, bytes);
        File.SetLastWriteTimeUtc(path, isWritten ? time.AddSeconds(1) : time);
    }

    [Fact]
    public void Verify_FirstTime_RecordsAndTellsOfEveryByte()
    {
        var read = 0L;

        var verified = Verify(onRead: bytes => read += bytes);

        verified.State.ShouldBe(CheckpointState.Complete);
        verified.Notes.ShouldBeEmpty();
        read.ShouldBe(new FileInfo(_run.At(Model)).Length);
        read.ShouldBe(DeepVerification.BytesToRead(_run.Path, "checkpoint-40"));
        File.Exists(_run.At(".podium/checksums/checkpoint-40.sha256")).ShouldBeTrue();
        Directory.GetFiles(_run.At(".podium/checksums")).ShouldHaveSingleItem();
    }

    [Fact]
    public void Verify_SameAgain_FindsNothing()
    {
        Verify();

        var verified = Verify();

        verified.State.ShouldBe(CheckpointState.Complete);
        verified.Faults.ShouldBeEmpty();
        verified.Notes.ShouldBeEmpty();
    }

    [Fact]
    public void Verify_BytesChangedWithoutBeingWritten_AreBitRotEachTime()
    {
        Verify();
        Change(bytes => bytes[^5] ^= 16, isWritten: false);

        for (var time = 0; time < 2; time++)
        {
            var verified = Verify();
            verified.State.ShouldBe(CheckpointState.Damaged);
            verified.Faults.ShouldHaveSingleItem().Message.ShouldContain("bit rot");
        }

        Change(bytes => bytes[^5] ^= 16, isWritten: false);
        Verify().State.ShouldBe(CheckpointState.Complete);
    }

    [Fact]
    public void Verify_FileWrittenAgain_IsRecordedAnewWithANote()
    {
        Verify();
        Change(bytes => bytes[^5] ^= 16, isWritten: true);

        Verify().Notes.ShouldHaveSingleItem().ShouldContain("written again");
        Verify().Notes.ShouldBeEmpty();
    }

    [Fact]
    public void Verify_OnlyTheTimeChanged_IsRecordedAnewInSilence()
    {
        Verify();
        Change(static _ => { }, isWritten: true);
        Verify().Notes.ShouldBeEmpty();
        Change(bytes => bytes[^5] ^= 16, isWritten: false);

        Verify().State.ShouldBe(CheckpointState.Damaged);
    }

    [Fact]
    public void Verify_DamagedFile_IsNotRecorded()
    {
        File.WriteAllBytes(_run.At(Model), File.ReadAllBytes(_run.At(Model))[..^1]);

        Verify().State.ShouldBe(CheckpointState.Damaged);

        File.Exists(_run.At(".podium/checksums/checkpoint-40.sha256")).ShouldBeFalse();
    }

    [Fact]
    public void Verify_Cancelled_RecordsNothing()
    {
        using var cancellation = new CancellationTokenSource();

        Should.Throw<OperationCanceledException>(() => Verify(onRead: _ => cancellation.Cancel(), cancellation: cancellation.Token));

        Directory.Exists(_run.At(".podium")).ShouldBeFalse();
    }

    [Fact]
    public void Verify_KeptCheckpoint_HasARecordOfItsOwn()
    {
        Directory.CreateDirectory(_run.At(".podium/kept"));
        Directory.Move(_run.At("checkpoint-40"), _run.At(".podium/kept/checkpoint-40"));

        Verify(".podium/kept/checkpoint-40").State.ShouldBe(CheckpointState.Complete);

        File.Exists(_run.At(".podium/checksums/kept-checkpoint-40.sha256")).ShouldBeTrue();
    }

    [Fact]
    public void Verify_LightningCheckpoint_IsOneFile()
    {
        WeightFiles.WriteTorch(_run.At("epoch=1-step=5.ckpt"));

        Verify("epoch=1-step=5.ckpt").State.ShouldBe(CheckpointState.Complete);

        File.ReadAllText(_run.At(".podium/checksums/epoch=1-step=5.ckpt.sha256")).ShouldContain("  epoch=1-step=5.ckpt\n");
    }

    [Fact]
    public void Verify_Record_IsTakenBySha256sum()
    {
        if (!File.Exists("/usr/bin/sha256sum")) Assert.Skip("needs sha256sum");
        WeightFiles.WriteSafetensors(_run.At("checkpoint-40/sub/a b.safetensors"));
        WeightFiles.WriteSafetensors(_run.At("checkpoint-40/back\\slash.safetensors"));
        Verify();
        Verify();

        var (code, output) = Sha256sum();
        code.ShouldBe(0, output);
        output.ShouldNotContain("WARNING");
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(3);

        Change(bytes => bytes[^5] ^= 16, isWritten: false);
        Sha256sum().Code.ShouldBe(1);
    }

    private (int Code, string Output) Sha256sum()
    {
        var start = new ProcessStartInfo("/usr/bin/sha256sum", ["-c", "--strict", "-w", "../.podium/checksums/checkpoint-40.sha256"])
        {
            WorkingDirectory = _run.At("checkpoint-40"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.GetAwaiter().GetResult());
    }
}
