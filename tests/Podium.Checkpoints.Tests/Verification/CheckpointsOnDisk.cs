using Podium.Checkpoints.Folders;
using Podium.Checkpoints.Lightning;
using Podium.Checkpoints.Verification;

namespace Podium.Checkpoints.Tests.Verification;

/// <summary>A run folder whose checkpoints are to be verified; everything in it was written long ago, unless a test says otherwise.</summary>
internal sealed class CheckpointsOnDisk : IDisposable
{
    public static readonly DateTimeOffset Written = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    /// <summary>The run folder.</summary>
    public string Path => _folder.Path;

    /// <summary>How long ago the files were written, for the verification.</summary>
    public TimeSpan Age { get; set; } = TimeSpan.FromHours(1);

    public void Dispose() => _folder.Dispose();

    /// <summary>The path of a file or folder in it.</summary>
    public string At(string relativePath) => System.IO.Path.Combine(Path, relativePath);

    /// <summary>Copies a folder of the shared material.</summary>
    public static CheckpointsOnDisk CopyOf(string shared)
    {
        var source = SharedMaterial.Require(shared);
        var copy = new CheckpointsOnDisk();
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
            WeightFiles.Write(copy.At(System.IO.Path.GetRelativePath(source, file)), File.ReadAllBytes(file));
        return copy;
    }

    /// <summary>Verifies all checkpoints, by their paths.</summary>
    public Dictionary<string, CheckpointVerification> Verify()
    {
        foreach (var file in Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories)) File.SetLastWriteTimeUtc(file, Written.UtcDateTime);
        return VerifyFolder(Path, Written + Age);
    }

    /// <summary>Verifies the only checkpoint.</summary>
    public CheckpointVerification VerifyOne() => Verify().ShouldHaveSingleItem().Value;

    /// <summary>Verifies the checkpoints of any folder.</summary>
    public static Dictionary<string, CheckpointVerification> VerifyFolder(string folder, DateTimeOffset now)
    {
        List<CheckpointCandidate> candidates = [.. CheckpointCandidate.Below(folder, CancellationToken.None), .. LightningFolder.Checkpoints(folder)];
        var verified = CheckpointVerifier.Verify(candidates, now, CancellationToken.None);
        return candidates.Select((candidate, i) => (candidate.Path, verified[i])).ToDictionary(pair => pair.Path, pair => pair.Item2);
    }
}
