using Podium.Checkpoints.Tests.Material;
using Podium.Checkpoints.TrainerStates;

namespace Podium.Checkpoints.Tests.TrainerStates;

/// <summary>Every real file against the framework's reader: the same entries, steps and numbers, bit for bit.</summary>
public sealed class CorpusFilesTests
{
    [Fact]
    public void Parse_EveryFileOfTheCorpus_IsReadAsTheFrameworkReadsIt() => Compare("corpus").ShouldBe(179);

    [Fact]
    public void Parse_EveryFileOfTheRealRuns_IsReadAsTheFrameworkReadsIt() => Compare("hf-runs").ShouldBeGreaterThan(60);

    private static int Compare(string folder)
    {
        var files = Directory.GetFiles(SharedMaterial.Require(folder), "trainer_state.json", SearchOption.AllDirectories);
        foreach (var path in files)
        {
            var bytes = File.ReadAllBytes(path);
            var result = TrainerStateParser.Parse(bytes, path);

            result.Fault.ShouldBeNull(path);
            result.Value!.ShouldBeReadAs(SystemTextJsonReading.Read(bytes).ShouldNotBeNull(path), path);
            // The ends of the file say the same, or leave it to the whole.
            if (StateEnds.Read(bytes, bytes, 0) is not { } ends) continue;
            ends.Facts.ShouldBe(result.Value!.Facts, path);
            (ends.LogStart, ends.LogLength).ShouldBe((result.Value.LogStart, result.Value.LogLength), path);
        }

        return files.Length;
    }
}
