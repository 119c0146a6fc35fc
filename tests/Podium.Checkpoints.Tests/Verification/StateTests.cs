using Podium.Ranking;

namespace Podium.Checkpoints.Tests.Verification;

/// <summary>Which state a checkpoint has, in the order in which they are decided.</summary>
public sealed class StateTests : IDisposable
{
    private readonly CheckpointsOnDisk _run = new();

    public void Dispose() => _run.Dispose();

    private string At(string file) => _run.At($"checkpoint-40/{file}");

    private void Cut(string file, int bytes) => File.WriteAllBytes(At(file), File.ReadAllBytes(At(file))[..^bytes]);

    [Fact]
    public void Verify_WholeWeights_AreComplete()
    {
        WeightFiles.WriteSafetensors(At("model.safetensors"));

        var verified = _run.VerifyOne();

        verified.State.ShouldBe(CheckpointState.Complete);
        verified.Faults.ShouldBeEmpty();
        verified.Remedy.ShouldBeNull();
        verified.IsResumable.ShouldBeFalse();
    }

    [Fact]
    public void Verify_WholeWeightsBesideDamage_AreCompleteAndTheFaultIsListed()
    {
        WeightFiles.WriteSafetensors(At("model.safetensors"));
        WeightFiles.WriteTorch(At("optimizer.pt"));
        Cut("optimizer.pt", 30);
        _run.Age = TimeSpan.Zero;

        var verified = _run.VerifyOne();

        verified.State.ShouldBe(CheckpointState.Complete);
        verified.Faults.ShouldHaveSingleItem().Path.ShouldBe("optimizer.pt");
    }

    [Fact]
    public void Verify_WholeWeightsBesideDeepSpeedShards_AreComplete()
    {
        WeightFiles.WriteSafetensors(At("model.safetensors"));
        WeightFiles.WriteDeepSpeed(_run.At("checkpoint-40"), stage: 2, ranks: 2);

        var verified = _run.VerifyOne();

        verified.State.ShouldBe(CheckpointState.Complete);
        verified.Remedy.ShouldBeNull();
    }

    [Fact]
    public void Verify_TemporaryFolder_IsIncompleteWhateverIsInIt()
    {
        WeightFiles.WriteSafetensors(_run.At("tmp-checkpoint-40/model.safetensors"));

        _run.VerifyOne().State.ShouldBe(CheckpointState.Incomplete);
    }

    [Theory]
    [InlineData(0, CheckpointState.Incomplete)]
    [InlineData(9.9, CheckpointState.Incomplete)]
    [InlineData(10, CheckpointState.Damaged)]
    [InlineData(-5, CheckpointState.Incomplete)]
    public void Verify_FileThatEndsEarly_IsIncompleteWhileYoung(double minutes, CheckpointState expected)
    {
        WeightFiles.WriteSafetensors(At("model.safetensors"));
        Cut("model.safetensors", 3);
        _run.Age = TimeSpan.FromMinutes(minutes);

        var verified = _run.VerifyOne();

        verified.State.ShouldBe(expected);
        var fault = verified.Faults.ShouldHaveSingleItem();
        fault.EndedEarly.ShouldBeTrue();
        fault.Message.ShouldContain("3 bytes of 16 are missing");
    }

    [Fact]
    public void Verify_EmptyFile_EndsEarly()
    {
        WeightFiles.Write(At("model.safetensors"), []);

        _run.VerifyOne().Faults.ShouldHaveSingleItem().EndedEarly.ShouldBeTrue();
    }

    [Fact]
    public void Verify_FileLongerThanItsHeaderSays_IsDamagedHoweverYoung()
    {
        WeightFiles.Write(At("model.safetensors"), [.. WeightFiles.Safetensors([("w", [4])]), 0]);
        _run.Age = TimeSpan.Zero;

        _run.VerifyOne().State.ShouldBe(CheckpointState.Damaged);
    }

    [Fact]
    public void Verify_NoWeightFile_IsWeightless()
    {
        foreach (var file in (string[])["config.json", "adapter_config.json", "tokenizer.json"]) WeightFiles.Write(At(file), "{}"u8.ToArray());

        var verified = _run.VerifyOne();

        verified.State.ShouldBe(CheckpointState.Weightless);
        verified.Faults.ShouldBeEmpty();
    }

    [Fact]
    public void Verify_EmptyTensors_AreWeightless()
    {
        WeightFiles.WriteSafetensors(At("model.safetensors"), ("a", [0]), ("b", [4]));

        var verified = _run.VerifyOne();

        verified.State.ShouldBe(CheckpointState.Weightless);
        verified.Notes.ShouldHaveSingleItem().ShouldContain("placeholder");
    }

    [Fact]
    public void Verify_PlaceholderBesideDeepSpeedShards_NeedsConsolidation()
    {
        WeightFiles.WriteSafetensors(At("model.safetensors"), ("a", [0]));
        WeightFiles.WriteDeepSpeed(_run.At("checkpoint-40"), stage: 3, ranks: 2);

        _run.VerifyOne().State.ShouldBe(CheckpointState.NeedsConsolidation);
    }

    [Theory]
    [InlineData("", CheckpointState.Weightless)]
    [InlineData(",\"quantization_config\":{\"bits\":4}", CheckpointState.Complete)]
    public void Verify_UnderHalfOfTheImpliedParameters_IsWeightlessUnlessQuantized(string more, CheckpointState expected)
    {
        WeightFiles.WriteSafetensors(At("model.safetensors"), ("transformer.wte.weight", [10, 4]));
        WeightFiles.Write(At("config.json"), System.Text.Encoding.UTF8.GetBytes($"{{\"model_type\":\"gpt2\",\"vocab_size\":100,\"n_positions\":10,\"n_embd\":4,\"n_layer\":1{more}}}"));

        _run.VerifyOne().State.ShouldBe(expected);
    }

    [Fact]
    public void Verify_FewParametersOfAnUnknownArchitecture_IsComplete()
    {
        WeightFiles.WriteSafetensors(At("model.safetensors"));
        WeightFiles.Write(At("config.json"), "{\"model_type\":\"mine\",\"vocab_size\":1000000,\"hidden_size\":100}"u8.ToArray());

        _run.VerifyOne().State.ShouldBe(CheckpointState.Complete);
    }

    [Fact]
    public void Verify_Adapter_NeedsItsConfiguration()
    {
        WeightFiles.WriteSafetensors(At("adapter_model.safetensors"), ("m.lora_A.weight", [2]), ("m.lora_B.weight", [2]));
        _run.VerifyOne().State.ShouldBe(CheckpointState.Damaged);

        WeightFiles.Write(At("adapter_config.json"), "{\"r\":4"u8.ToArray());
        _run.VerifyOne().Faults.ShouldHaveSingleItem().Path.ShouldBe("adapter_config.json");

        WeightFiles.Write(At("adapter_config.json"), "{\"r\":4}"u8.ToArray());
        _run.VerifyOne().State.ShouldBe(CheckpointState.Complete);
    }

    [Fact]
    public void Verify_NamedAdapterAFolderDown_IsComplete()
    {
        WeightFiles.WriteSafetensors(At("policy/adapter_model.safetensors"));
        WeightFiles.Write(At("policy/adapter_config.json"), "{}"u8.ToArray());

        _run.VerifyOne().State.ShouldBe(CheckpointState.Complete);
    }

    [Fact]
    public void Verify_ValueHeadAlone_IsNoModel()
    {
        WeightFiles.WriteSafetensors(At("value_head.safetensors"));

        _run.VerifyOne().State.ShouldBe(CheckpointState.Weightless);
    }

    [Fact]
    public void Verify_EmptyConfiguration_IsAFault()
    {
        WeightFiles.WriteSafetensors(At("model.safetensors"));
        WeightFiles.Write(At("config.json"), []);

        _run.VerifyOne().Faults.ShouldHaveSingleItem().Path.ShouldBe("config.json");
    }
}
