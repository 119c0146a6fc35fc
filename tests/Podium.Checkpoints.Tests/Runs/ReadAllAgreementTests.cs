using Podium.Checkpoints.RunFolders;
using Podium.Checkpoints.Tests.Material;

namespace Podium.Checkpoints.Tests.Runs;

/// <summary>
/// Reading the ends of the files gives what reading all of them gives, wherever a change lies in the head, the last entry,
/// the tail or the longest file.
/// </summary>
public sealed class ReadAllAgreementTests
{
    private static readonly DateTimeOffset LongAfter = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Read_ThousandsOfFolders_AgreesWithReadAll() => Agree(3000, seed: 20_260_301);

    [Fact]
    [Trait("Category", "Slow")]
    public void Read_TensOfThousandsOfFolders_AgreesWithReadAll() => Agree(30_000, seed: 20_260_302);

    [Fact]
    public void MadeUpFolders_AreOfManyKinds()
    {
        using var place = new MemoryFolder();
        var (several, unreadable, large) = (0, 0, 0);
        for (var i = 0; i < 300; i++)
        {
            var (folder, _) = Make(seed: 20_260_301, i);
            folder.Write(place.Path);
            var read = Read(place.Path, readAll: false);
            if (read.Runs.Count > 1) several++;
            if (read.Unreadable.Count > 0) unreadable++;
            if (folder.Files.Values.Any(file => file.Length > 6144)) large++;
        }

        several.ShouldBeGreaterThan(60);
        unreadable.ShouldBeGreaterThan(30);
        large.ShouldBeGreaterThan(40);
    }

    private static void Agree(int folders, int seed)
    {
        using var place = new MemoryFolder();
        for (var i = 0; i < folders; i++)
        {
            var (folder, what) = Make(seed, i);
            folder.Write(place.Path);

            var byEnds = FolderText.Of(Read(place.Path, readAll: false));
            var whole = FolderText.Of(Read(place.Path, readAll: true));

            if (byEnds != whole) Assert.Fail($"folder {i} of seed {seed}, {what}.\nBy its ends:\n{byEnds}\nRead whole:\n{whole}");
        }
    }

    private static RunFolder Read(string path, bool readAll) =>
        RunFolderReader.Read(path, new ReadOptions { ReadAll = readAll, Time = new RunOnDisk.FixedClock(LongAfter) });

    private static (MadeUpFolder Folder, string What) Make(int seed, int number)
    {
        // Each has a seed of its own, so that one that fails can be made again alone.
        var random = new Random(HashOf(seed, number));
        var folder = MadeUpFolder.Make(random);
        if (random.Next(6) == 0) return (folder, "as it is");

        var parts = folder.Files.ToDictionary(file => file.Key, file => StateParts.Of(file.Value));
        var name = folder.Files.Keys.ElementAt(random.Next(folder.Files.Count));
        var place = random.Next(4);
        if (place == 3) name = parts.MaxBy(part => part.Value.LogLength).Key;
        var (file, part) = (folder.Files[name], parts[name]);
        var (from, to) = place switch
        {
            0 => (0, part.LogStart),
            1 => (part.LastEntry, part.LogEnd),
            2 => (part.LogEnd, file.Length),
            _ => (0, file.Length),
        };
        folder.Files[name] = Mutation.Apply(random, file, from, to);
        return (folder, $"{name} changed in {(string[])["its head", "its last entry", "its tail", "the longest"] switch { var words => words[place] }}");
    }

    private static int HashOf(int seed, int number) => unchecked((seed * 397) ^ (number * (int)0x9E3779B1));

    /// <summary>A folder in memory where the system has one, for these tests write tens of thousands of files.</summary>
    private sealed class MemoryFolder : IDisposable
    {
        public string Path { get; } = Directory.Exists("/dev/shm")
            ? System.IO.Path.Combine("/dev/shm", $"podium-test-{Guid.NewGuid():N}")
            : Directory.CreateTempSubdirectory("podium-test-").FullName;

        public void Dispose()
        {
            if (Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
        }
    }
}
