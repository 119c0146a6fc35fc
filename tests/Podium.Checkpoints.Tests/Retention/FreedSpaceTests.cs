using System.Runtime.InteropServices;
using Podium.Checkpoints.Retention;

namespace Podium.Checkpoints.Tests.Retention;

public sealed class FreedSpaceTests
{
    [Fact]
    public void Identity_FileWithTwoNames_IsOneFile()
    {
        using var folder = new TemporaryFolder();
        var one = folder.Write("one", "text");
        HardLink(one, Path.Combine(folder.Path, "two"));

        FileIdentity.Of(one)!.Value.Links.ShouldBe(2u);
        FileIdentity.Of(Path.Combine(folder.Path, "two")).ShouldBe(FileIdentity.Of(one));
        FileIdentity.Of(folder.Write("three", "text")).ShouldNotBe(FileIdentity.Of(one));
        FileIdentity.Of(Path.Combine(folder.Path, "four")).ShouldBeNull();
    }

    [Fact]
    public void Survey_FileThatIsAlsoKnownElsewhere_FreesNothing()
    {
        using var run = RunToPrune.Evaluated(4, 1, 2, 3);
        using var elsewhere = new TemporaryFolder();
        var weights = new FileInfo(run.Full("checkpoint-10/model.safetensors"));
        HardLink(weights.FullName, Path.Combine(elsewhere.Path, "link"));

        var survey = run.Survey();

        var decision = survey.Plan.Decisions[0];
        survey.FreesByPath["checkpoint-10"].ShouldBe(decision.SizeBytes - weights.Length);
    }

    [Fact]
    public void Survey_FileThatGoesUnderAllItsNames_FreesItsBytesOnce()
    {
        using var run = RunToPrune.Evaluated(4, 1, 2, 3);
        var weights = new FileInfo(run.Full("checkpoint-10/model.safetensors"));
        File.Delete(run.Full("checkpoint-30/model.safetensors"));
        HardLink(weights.FullName, run.Full("checkpoint-30/model.safetensors"));
        Directory.CreateDirectory(run.Full(".podium/kept/checkpoint-10"));
        HardLink(weights.FullName, run.Full(".podium/kept/checkpoint-10/model.safetensors"));
        HardLink(run.Full("checkpoint-10/trainer_state.json"), run.Full(".podium/kept/checkpoint-10/trainer_state.json"));

        var survey = run.Survey();

        // The last name to go takes the bytes with it.
        survey.FreesByPath["checkpoint-10"].ShouldBe(survey.Plan.Decisions[0].SizeBytes - weights.Length);
        survey.FreesByPath["checkpoint-30"].ShouldBe(survey.Plan.Decisions[2].SizeBytes);
    }

    [DllImport("libc", EntryPoint = "link", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Link(string from, string to);

    private static void HardLink(string from, string to)
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("needs Linux, where hard links are counted");
        Link(from, to).ShouldBe(0);
    }
}
