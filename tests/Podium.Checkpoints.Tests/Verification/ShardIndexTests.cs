using Podium.Ranking;

namespace Podium.Checkpoints.Tests.Verification;

/// <summary>Shards, and the index that puts them together.</summary>
public sealed class ShardIndexTests : IDisposable
{
    private const string First = "model-00001-of-00002.safetensors";
    private const string Second = "model-00002-of-00002.safetensors";

    private readonly CheckpointsOnDisk _run = new();

    public ShardIndexTests()
    {
        WeightFiles.WriteSafetensors(At(First), ("a", [4]), ("b", [2]));
        WeightFiles.WriteSafetensors(At(Second), ("c", [3]));
        Index([("a", First), ("b", First), ("c", Second)], "{\"total_size\":36,\"total_parameters\":9}");
    }

    public void Dispose() => _run.Dispose();

    private string At(string file) => _run.At($"checkpoint-40/{file}");

    private void Index((string, string)[] places, string metadata = "{}") => WeightFiles.WriteIndex(At("model.safetensors.index.json"), places, metadata);

    [Fact]
    public void Verify_ShardsThatAgree_AreComplete()
    {
        var verified = _run.VerifyOne();

        verified.State.ShouldBe(CheckpointState.Complete);
        verified.Faults.ShouldBeEmpty();
        verified.Notes.ShouldBeEmpty();
    }

    [Fact]
    public void Verify_ShardMissing_IsDamagedHoweverYoung()
    {
        File.Delete(At(Second));
        _run.Age = TimeSpan.Zero;

        var verified = _run.VerifyOne();

        verified.State.ShouldBe(CheckpointState.Damaged);
        verified.Faults.ShouldHaveSingleItem().Path.ShouldBe(Second);
    }

    [Fact]
    public void Verify_AllShardsMissing_IsDamaged()
    {
        File.Delete(At(First));
        File.Delete(At(Second));

        _run.VerifyOne().State.ShouldBe(CheckpointState.Damaged);
    }

    [Fact]
    public void Verify_TensorInAnotherShard_IsDamaged()
    {
        Index([("a", First), ("b", Second), ("c", Second)]);

        _run.VerifyOne().Faults.ShouldHaveSingleItem().Message.ShouldContain("'b'");
    }

    [Fact]
    public void Verify_TensorThatTheIndexDoesNotName_IsDamaged()
    {
        Index([("a", First), ("c", Second)]);

        _run.VerifyOne().State.ShouldBe(CheckpointState.Damaged);
    }

    [Fact]
    public void Verify_TensorThatNoShardHas_IsDamaged()
    {
        Index([("a", First), ("b", First), ("c", Second), ("d", Second)]);

        _run.VerifyOne().Faults.ShouldHaveSingleItem().Message.ShouldContain("'d'");
    }

    [Fact]
    public void Verify_NoIndex_IsNotWhole()
    {
        File.Delete(At("model.safetensors.index.json"));

        _run.VerifyOne().State.ShouldBe(CheckpointState.Damaged);

        // The index is written last.
        _run.Age = TimeSpan.Zero;
        _run.VerifyOne().State.ShouldBe(CheckpointState.Incomplete);
    }

    [Fact]
    public void Verify_IndexCutAnywhere_EndsEarly()
    {
        var text = File.ReadAllText(At("model.safetensors.index.json"));
        for (var length = 0; length < text.Length; length++)
        {
            File.WriteAllText(At("model.safetensors.index.json"), text[..length]);

            var verified = _run.VerifyOne();

            verified.State.ShouldBe(CheckpointState.Damaged);
            verified.Faults.ShouldHaveSingleItem().EndedEarly.ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData("{\"total_size\":37}", true)]
    [InlineData("{\"total_parameters\":8}", true)]
    [InlineData("{\"total_size\":1234567}", false)]
    [InlineData("{\"total_size\":36.0}", false)]
    [InlineData("{\"uotal_size\":36}", true)]
    [InlineData("{\"mine\":[1]}", false)]
    public void Verify_TotalThatIsOff_IsDamageOnlyWhereABitExplainsIt(string metadata, bool isDamage)
    {
        Index([("a", First), ("b", First), ("c", Second)], metadata);

        _run.VerifyOne().State.ShouldBe(isDamage ? CheckpointState.Damaged : CheckpointState.Complete);
    }

    [Fact]
    public void Verify_TotalThatAllCheckpointsHave_IsANote()
    {
        Index([("a", First), ("b", First), ("c", Second)], "{\"total_size\":37}");
        foreach (var file in Directory.GetFiles(_run.At("checkpoint-40"))) WeightFiles.Write(_run.At($"checkpoint-20/{Path.GetFileName(file)}"), File.ReadAllBytes(file));

        foreach (var verified in _run.Verify().Values)
        {
            verified.State.ShouldBe(CheckpointState.Complete);
            verified.Notes.ShouldHaveSingleItem().ShouldContain("total_size");
        }
    }

    [Fact]
    public void Verify_ShardOfAnEarlierSave_IsANote()
    {
        WeightFiles.WriteSafetensors(At("model-00003-of-00003.safetensors"));

        var verified = _run.VerifyOne();

        verified.State.ShouldBe(CheckpointState.Complete);
        verified.Notes.ShouldHaveSingleItem().ShouldContain("earlier save");
    }

    [Fact]
    public void Verify_ShardsOfTorch_AreCheckedToo()
    {
        foreach (var file in Directory.GetFiles(_run.At("checkpoint-40"))) File.Delete(file);
        WeightFiles.WriteTorch(At("pytorch_model-00001-of-00002.bin"));
        WeightFiles.WriteTorch(At("pytorch_model-00002-of-00002.bin"));
        WeightFiles.WriteIndex(At("pytorch_model.bin.index.json"), [("a", "pytorch_model-00001-of-00002.bin"), ("b", "pytorch_model-00002-of-00002.bin")]);
        _run.VerifyOne().State.ShouldBe(CheckpointState.Complete);

        File.WriteAllBytes(At("pytorch_model-00002-of-00002.bin"), WeightFiles.Torch()[..^1]);
        _run.VerifyOne().State.ShouldBe(CheckpointState.Damaged);
    }
}
