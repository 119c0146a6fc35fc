using Podium.Ranking;

namespace Podium.Checkpoints.Tests.Verification;

/// <summary>What DeepSpeed and FSDP leave where no whole weights are.</summary>
public sealed class DistributedShardsTests : IDisposable
{
    private readonly CheckpointsOnDisk _run = new();

    private string Checkpoint => _run.At("checkpoint-40");

    public void Dispose() => _run.Dispose();

    private string At(string file) => Path.Combine(Checkpoint, file);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Verify_DeepSpeed_NeedsConsolidation(int stage)
    {
        WeightFiles.WriteDeepSpeed(Checkpoint, stage, ranks: 4);

        var verified = _run.VerifyOne();

        verified.State.ShouldBe(CheckpointState.NeedsConsolidation);
        verified.Faults.ShouldBeEmpty();
        verified.Remedy.ShouldBe($"python {Checkpoint}/zero_to_fp32.py {Checkpoint} {Checkpoint} --safe_serialization");
        verified.IsResumable.ShouldBeTrue();
    }

    [Fact]
    public void Verify_DeepSpeedScriptBeforeSafetensors_WritesOneFile()
    {
        WeightFiles.WriteDeepSpeed(Checkpoint, stage: 2, ranks: 1, script: "parser.add_argument('output_file')");

        _run.VerifyOne().Remedy.ShouldBe($"python {Checkpoint}/zero_to_fp32.py {Checkpoint} {Checkpoint}/pytorch_model.bin");
    }

    [Fact]
    public void Verify_DeepSpeedWithoutScript_UsesThatOfDeepSpeed()
    {
        WeightFiles.WriteDeepSpeed(Checkpoint, stage: 2, ranks: 1, script: null);

        _run.VerifyOne().Remedy.ShouldBe($"python -m deepspeed.utils.zero_to_fp32 {Checkpoint} {Checkpoint} --safe_serialization");
    }

    [Theory]
    [InlineData("global_step40/bf16_zero_pp_rank_1_mp_rank_00_optim_states.pt")]
    [InlineData("global_step40/zero_pp_rank_1_mp_rank_00_model_states.pt")]
    [InlineData("global_step40/zero_pp_rank_2_mp_rank_00_model_states.pt")]
    public void Verify_DeepSpeedShardMissing_IsDamaged(string shard)
    {
        WeightFiles.WriteDeepSpeed(Checkpoint, stage: 3, ranks: 3);
        File.Delete(At(shard));

        var verified = _run.VerifyOne();

        verified.State.ShouldBe(CheckpointState.Damaged);
        verified.IsResumable.ShouldBeFalse();
    }

    [Fact]
    public void Verify_LastDeepSpeedShardMissing_IsFoundByTheRandomStates()
    {
        WeightFiles.WriteDeepSpeed(Checkpoint, stage: 2, ranks: 2);
        for (var rank = 0; rank < 3; rank++) WeightFiles.WriteTorch(At($"rng_state_{rank}.pth"));

        _run.VerifyOne().State.ShouldBe(CheckpointState.Damaged);
    }

    [Fact]
    public void Verify_DeepSpeedShardCut_IsDamaged()
    {
        WeightFiles.WriteDeepSpeed(Checkpoint, stage: 2, ranks: 2);
        var shard = At("global_step40/mp_rank_00_model_states.pt");
        File.WriteAllBytes(shard, File.ReadAllBytes(shard)[..^1]);

        _run.VerifyOne().State.ShouldBe(CheckpointState.Damaged);

        _run.Age = TimeSpan.Zero;
        _run.VerifyOne().State.ShouldBe(CheckpointState.Incomplete);
    }

    [Fact]
    public void Verify_DeepSpeedWithoutLatest_IsPutTogetherByItsTag()
    {
        WeightFiles.WriteDeepSpeed(Checkpoint, stage: 2, ranks: 2);
        File.Delete(At("latest"));

        var verified = _run.VerifyOne();

        verified.State.ShouldBe(CheckpointState.NeedsConsolidation);
        verified.Remedy.ShouldNotBeNull().ShouldEndWith(" --safe_serialization --tag global_step40");
        verified.IsResumable.ShouldBeFalse();
    }

    [Fact]
    public void Verify_LatestNamesAnotherFolder_IsDamaged()
    {
        WeightFiles.WriteDeepSpeed(Checkpoint, stage: 2, ranks: 2);
        File.WriteAllText(At("latest"), "global_step50\n");

        _run.VerifyOne().State.ShouldBe(CheckpointState.Damaged);
    }

    [Fact]
    public void Verify_Fsdp_NeedsConsolidation()
    {
        WeightFiles.WriteFsdp(At("pytorch_model_fsdp_0"), ranks: 2);
        WeightFiles.WriteFsdp(At("optimizer_0"), ranks: 2);
        WeightFiles.WriteTorch(At("scheduler.pt"));

        var verified = _run.VerifyOne();

        verified.State.ShouldBe(CheckpointState.NeedsConsolidation);
        verified.Faults.ShouldBeEmpty();
        verified.Remedy.ShouldBe($"accelerate merge-weights {Checkpoint}/pytorch_model_fsdp_0 {Checkpoint}");
        verified.IsResumable.ShouldBeTrue();
    }

    [Theory]
    [InlineData("pytorch_model_fsdp_0/__1_0.distcp", CheckpointState.Damaged)]
    [InlineData("pytorch_model_fsdp_0/.metadata", CheckpointState.NeedsConsolidation)]
    [InlineData("optimizer_0/__0_0.distcp", CheckpointState.NeedsConsolidation)]
    public void Verify_FsdpShardMissing_IsFound(string shard, CheckpointState expected)
    {
        WeightFiles.WriteFsdp(At("pytorch_model_fsdp_0"), ranks: 2);
        WeightFiles.WriteFsdp(At("optimizer_0"), ranks: 2);
        WeightFiles.WriteTorch(At("scheduler.pt"));
        File.Delete(At(shard));

        var verified = _run.VerifyOne();

        verified.State.ShouldBe(expected);
        verified.Faults.ShouldHaveSingleItem().Path.ShouldBe(shard);
        verified.IsResumable.ShouldBeFalse();
    }

    [Fact]
    public void Verify_ShardsOfAnUnknownFormat_AreNotJudged()
    {
        _run.Age = TimeSpan.Zero;
        WeightFiles.Write(At("global_step40/bf16_zero_pp_rank_0_mp_rank_00_optim_states.pt"), "of another format"u8.ToArray());
        _run.VerifyOne().State.ShouldBe(CheckpointState.NeedsConsolidation);

        Directory.Delete(Checkpoint, recursive: true);
        WeightFiles.Write(At("pytorch_model_fsdp_0/__0_0.distcp"), "of another format"u8.ToArray());
        WeightFiles.Write(At("pytorch_model_fsdp_0/.metadata"), "of another format"u8.ToArray());
        _run.VerifyOne().State.ShouldBe(CheckpointState.NeedsConsolidation);
    }

    [Fact]
    public void Verify_FsdpShardOrMetadataCut_IsDamaged()
    {
        foreach (var file in (string[])["__0_0.distcp", ".metadata"])
        {
            WeightFiles.WriteFsdp(At("pytorch_model_fsdp_0"), ranks: 2);
            var path = At($"pytorch_model_fsdp_0/{file}");
            File.WriteAllBytes(path, File.ReadAllBytes(path)[..^1]);

            _run.VerifyOne().State.ShouldBe(CheckpointState.Damaged);
        }
    }

    [Fact]
    public void Verify_FsdpMetadataMutated_NeverThrows()
    {
        WeightFiles.WriteFsdp(At("pytorch_model_fsdp_0"), ranks: 2);
        var path = At("pytorch_model_fsdp_0/.metadata");
        var whole = File.ReadAllBytes(path);
        var random = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            var bytes = whole.ToArray();
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(path, bytes);

            _run.VerifyOne().State.ShouldBeOneOf(CheckpointState.NeedsConsolidation, CheckpointState.Damaged);
        }
    }
}
