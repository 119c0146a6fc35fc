using Podium.Checkpoints.Tests.Material;
using Podium.Ranking;

namespace Podium.Checkpoints.Tests.Runs;

/// <summary>Checkpoints under the other names that trainers give them.</summary>
public sealed class FolderNamesTests : IDisposable
{
    private static readonly StateText Log = new StateText()
        .Entry("\"loss\": 2.0", "\"epoch\": 0.5", "\"step\": 10").Entry("\"eval_loss\": 1.9", "\"epoch\": 1.0", "\"step\": 20")
        .Entry("\"loss\": 1.5", "\"epoch\": 1.5", "\"step\": 30").Entry("\"eval_loss\": 1.4", "\"epoch\": 2.0", "\"step\": 40");

    private readonly RunOnDisk _run = new();

    public void Dispose() => _run.Dispose();

    private Checkpoint[] Read() => [.. _run.ReadBothWays().Runs.ShouldHaveSingleItem().Run.Checkpoints.OrderBy(checkpoint => checkpoint.Step)];

    [Fact]
    public void Read_TemporaryFolder_IsIncomplete()
    {
        _run.Checkpoint(20, Log, 2).Checkpoint("tmp-checkpoint-40", Log.ToString());

        Read()[1].ShouldSatisfyAllConditions(
            checkpoint => checkpoint.Path.ShouldBe("tmp-checkpoint-40"),
            checkpoint => checkpoint.Step.ShouldBe(40),
            checkpoint => checkpoint.State.ShouldBe(CheckpointState.Incomplete));
        _run.RankOnly().Best!.Checkpoint.Step.ShouldBe(20);
    }

    [Fact]
    public void Read_LastCheckpointBesideItsOriginal_IsLeftOut()
    {
        _run.Checkpoint(20, Log, 2).Checkpoint(40, Log, 4).Checkpoint("last-checkpoint", Log.Copy().Head("\"global_step\": 40").ToString());

        Read().Select(checkpoint => checkpoint.Path).ShouldBe(["checkpoint-20", "checkpoint-40"]);
    }

    [Fact]
    public void Read_LastCheckpointAlone_IsOfTheStepInItsFile()
    {
        _run.Checkpoint(20, Log, 2).Checkpoint("last-checkpoint", Log.Copy().Head("\"global_step\": 40").ToString());

        Read().Select(checkpoint => (checkpoint.Path, checkpoint.Step)).ShouldBe([("checkpoint-20", 20L), ("last-checkpoint", 40L)]);
    }

    [Fact]
    public void Read_MergedCheckpoint_IsOneOfItsOwnAtTheSameStep()
    {
        _run.Checkpoint(20, Log, 2).Checkpoint(40, Log, 4).Checkpoint("checkpoint-40_merged", state: null);

        Read().Select(checkpoint => (checkpoint.Path, checkpoint.Step)).ShouldBe([("checkpoint-20", 20L), ("checkpoint-40", 40L), ("checkpoint-40_merged", 40L)], ignoreOrder: true);
    }

    [Fact]
    public void Read_EpochFolders_AreAtTheLastStepOfTheirEpoch()
    {
        _run.Checkpoint("checkpoint-epoch-1", state: null).Checkpoint("checkpoint-epoch-2", state: null).State("", Log.ToString());

        Read().Select(checkpoint => (checkpoint.Path, checkpoint.Step, checkpoint.Epoch)).ShouldBe([("checkpoint-epoch-1", 20L, 1.0), ("checkpoint-epoch-2", 40L, 2.0)]);
        _run.RankOnly().Best!.Checkpoint.Path.ShouldBe("checkpoint-epoch-2");
    }

    [Fact]
    public void Read_EpochFolderWithAStateFile_IsOfTheStepInIt()
    {
        _run.Checkpoint("checkpoint-epoch-2", Log.Copy().Head("\"global_step\": 40").Head("\"epoch\": 2.0").ToString());

        Read().Single().Step.ShouldBe(40);
    }

    [Fact]
    public void Read_EpochAndStepFolder_IsOfThatStep()
    {
        _run.Checkpoint("checkpoint-epoch-1-step-20", Log.First(2).ToString()).Checkpoint("checkpoint-epoch-2-step-40", Log.ToString());

        Read().Select(checkpoint => (checkpoint.Step, checkpoint.Epoch)).ShouldBe([(20L, 1.0), (40L, 2.0)]);
    }

    [Fact]
    public void Read_AcceleratesEpochFolders_CountIfTheyHoldAModel()
    {
        _run.Checkpoint("epoch_1", state: null).Checkpoint("step_40", state: null).State("", Log.ToString());
        Directory.CreateDirectory(Path.Combine(_run.Path, "epoch_2"));
        Directory.CreateDirectory(Path.Combine(_run.Path, "step_7"));

        Read().Select(checkpoint => (checkpoint.Path, checkpoint.Step)).ShouldBe([("epoch_1", 20L), ("step_40", 40L)]);
    }

    [Fact]
    public void Read_CheckpointWithoutWeights_IsWeightlessAndRanks()
    {
        _run.State("checkpoint-40", Log.ToString());

        Read().Single().State.ShouldBe(CheckpointState.Weightless);
        _run.RankOnly().Best!.Checkpoint.Step.ShouldBe(40);
    }

    [Fact]
    public void Read_ShardsOfADistributedOptimizer_NeedConsolidation()
    {
        _run.State("checkpoint-40", Log.ToString());
        WeightFiles.WriteDeepSpeed(Path.Combine(_run.Path, "checkpoint-40"), stage: 2, ranks: 2);

        Read().Single().State.ShouldBe(CheckpointState.NeedsConsolidation);
    }

    [Theory]
    [InlineData("model.safetensors")]
    [InlineData("unet/diffusion_pytorch_model.safetensors")]
    [InlineData("pytorch_model.bin")]
    [InlineData("model-q4.gguf")]
    public void Read_AnyKindOfWeights_AreWeights(string file)
    {
        _run.State("checkpoint-40", Log.ToString());
        byte[] bytes = Path.GetExtension(file) switch
        {
            ".safetensors" => WeightFiles.Safetensors([("w", [4])]),
            ".gguf" => [.. "GGUF"u8, 3, .. new byte[19]],
            _ => WeightFiles.Torch(),
        };
        WeightFiles.Write(Path.Combine(_run.Path, "checkpoint-40", file), bytes);

        var checkpoint = Read().Single();

        checkpoint.State.ShouldBe(CheckpointState.Complete);
        checkpoint.SizeBytes.ShouldBe(bytes.Length + new FileInfo(_run.StatePath("checkpoint-40")).Length);
    }

    [Theory]
    [InlineData("training_args.bin")]
    [InlineData("optimizer.pt")]
    [InlineData("model.safetensors.index.json")]
    [InlineData("sub/deeper/model.safetensors")]
    public void Read_OtherFiles_AreNoWeights(string file)
    {
        _run.State("checkpoint-40", Log.ToString());
        var path = Path.Combine(_run.Path, "checkpoint-40", file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "12345");

        Read().Single().State.ShouldBe(CheckpointState.Weightless);
    }
}
