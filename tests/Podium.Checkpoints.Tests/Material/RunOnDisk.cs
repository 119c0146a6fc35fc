using System.Text;
using Podium.Checkpoints.RunFolders;
using Podium.Ranking;

namespace Podium.Checkpoints.Tests.Material;

/// <summary>A run folder that a test makes up.</summary>
internal sealed class RunOnDisk : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly TemporaryFolder _folder = new();

    public string Path => _folder.Path;

    public void Dispose() => _folder.Dispose();

    /// <summary>A checkpoint with weights.</summary>
    /// <param name="name">Its folder's name.</param>
    /// <param name="state">Its state file; null: none.</param>
    /// <param name="second">When the state file was written, in seconds.</param>
    public RunOnDisk Checkpoint(string name, string? state, double second = 0)
    {
        WeightFiles.WriteSafetensors(System.IO.Path.Combine(Path, name, "model.safetensors"));
        if (state is not null) State(name, state, second);
        return this;
    }

    /// <summary>A checkpoint <c>checkpoint-STEP</c> that has the first entries of a log.</summary>
    public RunOnDisk Checkpoint(long step, StateText log, int entries, double second = 0) =>
        Checkpoint($"checkpoint-{step}", log.First(entries).Head($"\"global_step\": {step}").ToString(), second);

    /// <summary>A state file; "" is the run folder itself.</summary>
    public RunOnDisk State(string name, string text, double second = 0) => State(name, Utf8.GetBytes(text), second);

    public RunOnDisk State(string name, byte[] bytes, double second = 0)
    {
        var path = StatePath(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        File.SetLastWriteTimeUtc(path, Start.AddSeconds(second).UtcDateTime);
        return this;
    }

    public DateTimeOffset WrittenAt(string name) => new(File.GetLastWriteTimeUtc(StatePath(name)), TimeSpan.Zero);

    public string StatePath(string name) => System.IO.Path.Combine(Path, name, "trainer_state.json");

    /// <summary>Reads it; the clock stands long after the last write, so that nothing is waited for.</summary>
    public RunFolder Read(bool readAll = false) => RunFolderReader.Read(Path, new ReadOptions { ReadAll = readAll, Time = new FixedClock(Start.AddDays(1)) });

    /// <summary>Reads it both ways, which must give the same.</summary>
    public RunFolder ReadBothWays()
    {
        var read = Read();
        FolderText.Of(Read(readAll: true)).ShouldBe(FolderText.Of(read));
        return read;
    }

    public RunRanking RankOnly() => Ranker.Rank(ReadBothWays().Runs.Single().Run);

    internal sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
