using Podium.Cli.Tests.Material;

namespace Podium.Cli.Tests.Verification;

public sealed class VerifyTests : IDisposable
{
    private static readonly DateTime LongAgo = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly TemporaryFolder _folder = new();

    public VerifyTests() => MadeRun.Usual(_folder, "outputs", evalLosses: [2, 1.5, 1.6]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Verify_WholeWeights_IsDone()
    {
        var run = (await Podium("verify", "outputs")).ShouldExitWith(0);

        run.Output.ShouldContain("3 complete.");
        run.Output.Lines().ShouldAllBe(line => line.FitsIn80Columns());
    }

    [Fact]
    public async Task Verify_TruncatedLongAgo_IsDamagedAndSaysWhichFileAndWhatIsMissing()
    {
        Truncate("checkpoint-20", LongAgo);

        var run = (await Podium("verify", "outputs")).ShouldExitWith(1);

        run.Output.Unwrapped().ShouldContain("checkpoint-20: model.safetensors: it ends too early: 8 bytes of 16 are missing");
        run.Output.ShouldContain("2 complete, 1 damaged.");
    }

    [Fact]
    public async Task Verify_TruncatedAMomentAgo_IsIncomplete()
    {
        Truncate("checkpoint-20", DateTime.UnixEpoch.AddYears(200));

        (await Podium("verify", "outputs")).ShouldExitWith(1).Output.ShouldContain("2 complete, 1 incomplete.");
    }

    [Fact]
    public async Task Verify_Json_HasEachCheckpointWithStateAndFaults()
    {
        Truncate("checkpoint-20", LongAgo);

        var answer = (await Podium("verify", "outputs", "--format", "json")).ShouldExitWith(1).Json();

        answer.Text("folder").ShouldBe("outputs");
        answer.GetProperty("counts").Number("damaged").ShouldBe(1);
        var checkpoints = answer.Items("checkpoints");
        checkpoints.Select(checkpoint => checkpoint.Text("path")).ShouldBe(["checkpoint-30", "checkpoint-20", "checkpoint-10"]);
        checkpoints.Select(checkpoint => checkpoint.Text("state")).ShouldBe(["complete", "damaged", "complete"]);
        var fault = checkpoints[1].Items("faults").ShouldHaveSingleItem();
        fault.Text("file").ShouldBe("model.safetensors");
        fault.GetProperty("ended_early").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Verify_Tree_GivesEachFolder()
    {
        MadeRun.Usual(_folder, "other", evalLosses: [2]);

        var answer = (await Podium("verify", ".", "-f", "json")).ShouldExitWith(0).Json();

        answer.Items("folders").Select(folder => folder.Text("folder")).ShouldBe(["./other", "./outputs"]);
    }

    [Fact]
    public async Task Verify_OneCheckpoint_VerifiesThatOne()
    {
        Truncate("checkpoint-20", LongAgo);

        (await Podium("verify", "outputs/checkpoint-10")).ShouldExitWith(0).Output.ShouldContain("1 complete.");
        (await Podium("verify", "outputs/checkpoint-20")).ShouldExitWith(1);
    }

    [Fact]
    public async Task Verify_Deep_FindsABitThatChangedLaterThoughNobodyWrote()
    {
        var weights = Path.Combine(_folder.Path, "outputs", "checkpoint-20", "model.safetensors");
        (await Podium("verify", "outputs", "--deep")).ShouldExitWith(0);
        var written = File.GetLastWriteTimeUtc(weights);
        var bytes = File.ReadAllBytes(weights);
        bytes[^1] ^= 4;
        File.WriteAllBytes(weights, bytes);
        File.SetLastWriteTimeUtc(weights, written);

        (await Podium("verify", "outputs")).ShouldExitWith(0);
        (await Podium("verify", "outputs", "--deep")).ShouldExitWith(1).Output.Unwrapped().ShouldContain("bit rot");
    }

    [Fact]
    public async Task Rank_TheBestIsDamaged_RecommendsTheNextAndSaysWhichWouldHaveWon()
    {
        Truncate("checkpoint-20", LongAgo);

        var answer = (await Podium("rank", "outputs", "-f", "json")).ShouldExitWith(0).Json();

        answer.Text("recommended").ShouldBe("checkpoint-30");
        answer.Items("runs")[0].Items("warnings").ShouldContain(warning => warning.Text("code") == "best-unusable" && warning.Text("message")!.StartsWith("checkpoint-20 would have won"));
        answer.Checkpoints()[^1].Text("state").ShouldBe("damaged");
    }

    [Fact]
    public async Task Latest_Resumable_PrintsTheNewestWithOptimizerAndScheduler()
    {
        foreach (var checkpoint in (string[])["checkpoint-10", "checkpoint-20"])
            foreach (var file in (string[])["optimizer.pt", "scheduler.pt"])
                WeightFiles.WriteTorch(Path.Combine(_folder.Path, "outputs", checkpoint, file));

        var run = (await Podium("latest", "outputs", "--resumable")).ShouldExitWith(0);

        run.Output.ShouldBe("outputs/checkpoint-20\n");
        run.Error.ShouldContain("checkpoint-30 is newer, but not resumable.");
        run.Error.ShouldContain("dropout will differ");
    }

    [Fact]
    public async Task Latest_NothingResumable_SaysWhatIsMissing()
    {
        var run = (await Podium("latest", "outputs", "--resumable")).ShouldExitWith(3);

        run.Output.ShouldBeEmpty();
        run.Error.ShouldContain("No checkpoint in 'outputs' is resumable");
    }

    [Fact]
    public async Task Verify_FolderWithoutCheckpoints_SaysSo()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "empty"));

        (await Podium("verify", "empty")).ShouldExitWith(3).Error.ShouldContain("There are no checkpoints");
        (await Podium("verify", "missing")).ShouldExitWith(1).Error.ShouldContain("There is no folder 'missing'");
    }

    private Task<ProcessRun> Podium(params string[] arguments) => PodiumProcess.RunAsync(arguments, _folder.Path);

    private void Truncate(string checkpoint, DateTime writtenAt)
    {
        var folder = Path.Combine(_folder.Path, "outputs", checkpoint);
        var weights = Path.Combine(folder, "model.safetensors");
        using (var file = File.OpenWrite(weights)) file.SetLength(file.Length - 8);
        foreach (var file in Directory.GetFiles(folder)) File.SetLastWriteTimeUtc(file, writtenAt);
    }
}
