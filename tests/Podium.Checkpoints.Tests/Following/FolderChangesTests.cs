using Podium.Checkpoints.Following;

namespace Podium.Checkpoints.Tests.Following;

public sealed class FolderChangesTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private FolderChanges Changes(bool poll, string name = "") => new(Path.Combine(_folder.Path, name), new ChangeOptions
    {
        Poll = poll ? TimeSpan.FromMilliseconds(20) : null,
        Debounce = TimeSpan.FromMilliseconds(20),
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Wait_EachKindOfChange_IsSeen(bool poll)
    {
        using var changes = Changes(poll);
        changes.Look().ShouldBeTrue();
        changes.Look().ShouldBeFalse();
        (changes.WhyPolling is not null).ShouldBe(poll);
        Action[] kinds =
        [
            () => _folder.Write("checkpoint-10/model.safetensors", "a"),
            () => _folder.Write("checkpoint-10/deep/er/file", "a"),
            () => File.AppendAllText(Path.Combine(_folder.Path, "checkpoint-10/deep/er/file"), "b"),
            () => Directory.Move(Path.Combine(_folder.Path, "checkpoint-10"), Path.Combine(_folder.Path, "checkpoint-20")),
            () => Directory.Delete(Path.Combine(_folder.Path, "checkpoint-20"), recursive: true),
            () => _folder.Write(".podium/kept/checkpoint-30/x", "a"),
        ];
        foreach (var change in kinds)
        {
            change();
            changes.Wait(Patience, TestContext.Current.CancellationToken).ShouldBeTrue();
            // What came in several pieces may be seen in as many.
            while (changes.Look())
            {
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Wait_FolderThatComesGoesAndComesAgain_IsSeenEachTime(bool poll)
    {
        using var changes = Changes(poll, "later");
        changes.Look().ShouldBeFalse();
        for (var i = 0; i < 2; i++)
        {
            _folder.Write("later/checkpoint-1/x", "a");
            changes.Wait(Patience, TestContext.Current.CancellationToken).ShouldBeTrue();
            while (changes.Look())
            {
            }

            Directory.Delete(Path.Combine(_folder.Path, "later"), recursive: true);
            changes.Wait(Patience, TestContext.Current.CancellationToken).ShouldBeTrue();
            while (changes.Look())
            {
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Wait_WhatPodiumItselfWrites_IsNoChange(bool poll)
    {
        using var changes = Changes(poll);
        changes.Look();
        _folder.Write(".podium/keep.lock", "");
        _folder.Write(".podium/kept/.incoming-checkpoint-10-1/model.safetensors", "a");
        changes.Look().ShouldBeFalse();

        changes.Wait(TimeSpan.FromMilliseconds(300), TestContext.Current.CancellationToken).ShouldBeFalse();
    }

    [Fact]
    public void Wait_Cancelled_Returns()
    {
        using var changes = Changes(poll: false);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        changes.Wait(Patience, cancelled.Token).ShouldBeFalse();
    }

    [Theory]
    [InlineData("nfs", true)]
    [InlineData("nfs4", true)]
    [InlineData("cifs", true)]
    [InlineData("smb2", true)]
    [InlineData("v9fs", true)]
    [InlineData("fuse", true)]
    [InlineData("fuse.sshfs", true)]
    [InlineData("lustre", true)]
    [InlineData("ceph", true)]
    [InlineData("gpfs", true)]
    [InlineData("beegfs", true)]
    [InlineData("ext4", false)]
    [InlineData("xfs", false)]
    [InlineData("btrfs", false)]
    [InlineData("overlayfs", false)]
    [InlineData("tmpfs", false)]
    [InlineData("fuseblk", false)]
    public void IsRemote_FileSystem_IsAsItShouldBe(string format, bool isRemote) => FileSystemKind.IsRemote(format).ShouldBe(isRemote);
}
