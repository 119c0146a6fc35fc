using Podium.Checkpoints.Retention;
using Podium.Checkpoints.RunFolders;

namespace Podium.Checkpoints.Tests.Retention;

public sealed class TrainingStateTests
{
    private static readonly RetentionPolicy Strip = new() { StripTrainingState = true };

    [Fact]
    public void Strip_TakesTheStateOutAndLeavesAllElseByteForByte()
    {
        using var run = RunToPrune.Evaluated(3, 2, 1);
        foreach (var step in (int[])[10, 20, 30]) run.TrainingState($"checkpoint-{step}", "optimizer.pt", "scheduler.pt", "scaler.pt", "rng_state.pth", "rng_state_1.pth").File($"checkpoint-{step}/tokenizer.json", new byte[7]);
        var weights = File.ReadAllBytes(run.Full("checkpoint-10/model.safetensors"));
        var history = File.ReadAllBytes(run.Full("checkpoint-10/trainer_state.json"));

        var outcome = run.Apply(Strip);

        outcome.Done.ShouldBe(["checkpoint-10", "checkpoint-20"]);
        outcome.FreedBytes.ShouldBe(1000);
        Files(run, "checkpoint-10").ShouldBe(["model.safetensors", "tokenizer.json", "trainer_state.json"]);
        Files(run, "checkpoint-30").Length.ShouldBe(8);
        File.ReadAllBytes(run.Full("checkpoint-10/model.safetensors")).ShouldBe(weights);
        File.ReadAllBytes(run.Full("checkpoint-10/trainer_state.json")).ShouldBe(history);
        run.Survey(Strip).Plan.Deleted().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("hidden_states.pt")]
    [InlineData("analysis/hidden_states.pt")]
    public void Strip_FilesOfTheUsersOwn_Stay(string file)
    {
        using var run = RunToPrune.Evaluated(2, 1);
        foreach (var step in (int[])[10, 20]) run.TrainingState($"checkpoint-{step}", "optimizer.pt", "scheduler.pt", file);

        run.Apply(Strip).Done.ShouldBe(["checkpoint-10"]);

        File.Exists(run.Full($"checkpoint-10/{file}")).ShouldBeTrue();
        File.Exists(run.Full("checkpoint-10/optimizer.pt")).ShouldBeFalse();
    }

    [Fact]
    public void Strip_ShardsOfDeepSpeedAndFsdp_GoWithWhatBelongsToThem()
    {
        using var run = RunToPrune.Evaluated(2, 1)
            .TrainingState("checkpoint-10", "global_step10/zero_pp_rank_0_mp_rank_00_optim_states.pt", "global_step10/mp_rank_00_model_states.pt", "latest", "zero_to_fp32.py", "optimizer_0/__0_0.distcp", "optimizer_0/.metadata", "pytorch_model_fsdp_0/__0_0.distcp", "pytorch_model_fsdp_0/.metadata")
            .TrainingState("checkpoint-20", "optimizer.pt", "scheduler.pt");

        run.Apply(Strip).FreedBytes.ShouldBe(800);

        Directory.EnumerateFileSystemEntries(run.Full("checkpoint-10")).Select(Path.GetFileName).ShouldBe(["model.safetensors", "trainer_state.json"], ignoreOrder: true);
        run.Names().ShouldBe(["checkpoint-10", "checkpoint-20"]);
    }

    [Fact]
    public void Strip_FolderWithSomethingElseInIt_LosesOnlyTheState()
    {
        using var run = RunToPrune.Evaluated(2, 1).TrainingState("checkpoint-10", "global_step10/mp_rank_00_optim_states.pt", "global_step10/notes.txt").TrainingState("checkpoint-20", "optimizer.pt");

        run.Apply(Strip);

        Files(run, "checkpoint-10/global_step10").ShouldBe(["notes.txt"]);
    }

    [Fact]
    public void Strip_ShardsThatAreTheOnlyWeights_StayWhole()
    {
        using var run = RunToPrune.Evaluated(2, 1).TrainingState("checkpoint-10", "global_step10/mp_rank_00_optim_states.pt", "latest").TrainingState("checkpoint-20", "optimizer.pt");
        File.Delete(run.Full("checkpoint-10/model.safetensors"));

        run.Apply(Strip).Done.ShouldBeEmpty();

        Files(run, "checkpoint-10/global_step10").ShouldBe(["mp_rank_00_optim_states.pt"]);
    }

    [Fact]
    public void Strip_BrokenOff_IsTakenUpAgain()
    {
        using var run = RunToPrune.Evaluated(2, 1).TrainingState("checkpoint-10", "global_step10/mp_rank_00_optim_states.pt").TrainingState("checkpoint-20", "optimizer.pt").File(".podium-trash-optimizer.pt-0a", new byte[9]);

        run.Apply(Strip).FreedBytes.ShouldBe(109);

        Directory.Exists(run.Full("checkpoint-10/global_step10")).ShouldBeFalse();
        run.Names().ShouldBe(["checkpoint-10", "checkpoint-20"]);
    }

    [Fact]
    public void Strip_RealRun_LeavesTheLatestResumable()
    {
        using var folder = new TemporaryFolder();
        var real = SharedMaterial.Require("hf-runs/gpt2-full");
        foreach (var file in Directory.EnumerateFiles(real, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder.Path, Path.GetRelativePath(real, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.WriteAllBytes(copy, File.ReadAllBytes(file));
        }

        var outcome = Pruning.Apply(folder.Path, () => FolderRanking.Of(RunFolderReader.Read(folder.Path)), Strip with { KeepLatest = 2 }, new PruneOptions { Time = LaterClock.AnHour });

        outcome.Done.Count.ShouldBe(8);
        Directory.EnumerateFiles(folder.Path, "optimizer.pt", SearchOption.AllDirectories).Select(path => Path.GetFileName(Path.GetDirectoryName(path))).ShouldBe(["checkpoint-180", "checkpoint-200"], ignoreOrder: true);
        Directory.EnumerateFiles(folder.Path, "model.safetensors", SearchOption.AllDirectories).Count().ShouldBe(10);
    }

    private static string[] Files(RunToPrune run, string folder) => [.. Directory.EnumerateFiles(run.Full(folder)).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
}
