using Podium.Ranking;

namespace Podium.Checkpoints.Tests.Verification;

/// <summary>Damage that only the other checkpoints of the folder show, and differences that are none.</summary>
public sealed class SiblingTests : IDisposable
{
    private static readonly (string Name, int[] Shape)[] Usual = [("encoder.a.weight", [4]), ("encoder.b.weight", [4])];

    private readonly CheckpointsOnDisk _run = new();

    public void Dispose() => _run.Dispose();

    private void Save(int step, (string, int[])[] tensors, string? metadata = WeightFiles.Metadata) =>
        WeightFiles.Write(_run.At($"checkpoint-{step}/model.safetensors"), WeightFiles.Safetensors(tensors, metadata));

    private CheckpointState StateOfLast(params (string, int[])[] last)
    {
        Save(10, Usual);
        Save(20, Usual);
        Save(30, last);
        var verified = _run.Verify();
        (verified["checkpoint-10"].State, verified["checkpoint-20"].State).ShouldBe((CheckpointState.Complete, CheckpointState.Complete));
        return verified["checkpoint-30"].State;
    }

    [Fact]
    public void Verify_NameAFewBitsOff_IsDamaged()
    {
        StateOfLast(("encoder.a.weighu", [4]), Usual[1]).ShouldBe(CheckpointState.Damaged);
        _run.Verify()["checkpoint-30"].Faults.ShouldHaveSingleItem().Message.ShouldContain("'encoder.a.weight'");
    }

    [Fact]
    public void Verify_AnotherModule_IsRight() => StateOfLast([.. Usual, ("encoder.c.weight", [4])]).ShouldBe(CheckpointState.Complete);

    [Fact]
    public void Verify_TwoOtherNames_AreRight() => StateOfLast(("encoder.c.weight", [4]), ("encoder.d.weight", [4])).ShouldBe(CheckpointState.Complete);

    [Fact]
    public void Verify_OtherShapes_AreRight() => StateOfLast(("encoder.a.weight", [5]), ("encoder.b.weight", [4])).ShouldBe(CheckpointState.Complete);

    [Fact]
    public void Verify_NoMajority_IsRight()
    {
        Save(10, Usual);
        Save(20, [("encoder.a.weighu", [4]), Usual[1]]);

        _run.Verify().Values.ShouldAllBe(verified => verified.State == CheckpointState.Complete);
    }

    [Fact]
    public void Verify_MetadataOfItsOwnInEach_IsRightAndNamesAreStillCompared()
    {
        for (var step = 10; step <= 300; step += 10) Save(step, Usual, $"{{\"ss_steps\":\"{step}\",\"ss_time\":\"{step * 977}\"}}");
        _run.Verify().Values.ShouldAllBe(verified => verified.State == CheckpointState.Complete);

        Save(310, [("encoder.a.weighu", [4]), Usual[1]], "{\"ss_steps\":\"310\",\"ss_time\":\"5\"}");
        _run.Verify().Where(verified => verified.Value.State == CheckpointState.Damaged).ShouldHaveSingleItem().Key.ShouldBe("checkpoint-310");
    }

    [Fact]
    public void Verify_LoraAlone_IsHeldAgainstItsOwnPairs()
    {
        WeightFiles.Write(_run.At("checkpoint-10/adapter_config.json"), "{}"u8.ToArray());
        WeightFiles.WriteSafetensors(_run.At("checkpoint-10/adapter_model.safetensors"), ("h.0.lora_A.weight", [4]), ("h.0.lora_B.weight", [4]));
        _run.VerifyOne().State.ShouldBe(CheckpointState.Complete);

        WeightFiles.WriteSafetensors(_run.At("checkpoint-10/adapter_model.safetensors"), ("h.1.lora_A.weight", [4]), ("h.0.lora_B.weight", [4]));
        _run.VerifyOne().State.ShouldBe(CheckpointState.Damaged);
    }
}
