namespace Podium.Checkpoints.Tests.Verification;

/// <summary>Whether a training can go on from a checkpoint.</summary>
public sealed class ResumableTests : IDisposable
{
    private readonly CheckpointsOnDisk _run = new();

    public ResumableTests()
    {
        WeightFiles.WriteSafetensors(At("model.safetensors"));
        foreach (var file in (string[])["optimizer.pt", "scheduler.pt", "rng_state.pth"]) WeightFiles.WriteTorch(At(file));
        WeightFiles.Write(At("trainer_state.json"), "{}"u8.ToArray());
    }

    public void Dispose() => _run.Dispose();

    private string At(string file) => _run.At($"checkpoint-40/{file}");

    [Fact]
    public void Verify_AllThere_IsResumable()
    {
        var verified = _run.VerifyOne();

        verified.IsResumable.ShouldBeTrue();
        verified.Notes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("optimizer.pt")]
    [InlineData("scheduler.pt")]
    [InlineData("model.safetensors")]
    public void Verify_OneMissingOrCut_IsNotResumable(string file)
    {
        File.WriteAllBytes(At(file), File.ReadAllBytes(At(file))[..^1]);
        _run.VerifyOne().IsResumable.ShouldBeFalse();

        File.Delete(At(file));
        _run.VerifyOne().IsResumable.ShouldBeFalse();
    }

    [Theory]
    [InlineData("rng_state.pth", "order of the data and dropout will differ")]
    [InlineData("trainer_state.json", "trainer_state.json")]
    public void Verify_LessThatMatters_IsANote(string file, string expected)
    {
        File.Delete(At(file));

        var verified = _run.VerifyOne();

        verified.IsResumable.ShouldBeTrue();
        verified.Notes.ShouldHaveSingleItem().ShouldContain(expected);
    }

    [Fact]
    public void Verify_TemporaryFolder_IsNotResumable()
    {
        Directory.Move(_run.At("checkpoint-40"), _run.At("tmp-checkpoint-40"));

        _run.VerifyOne().IsResumable.ShouldBeFalse();
    }

    [Fact]
    public void Verify_WholeWeightsWithDeepSpeedsState_IsResumable()
    {
        File.Delete(At("optimizer.pt"));
        File.Delete(At("scheduler.pt"));
        WeightFiles.WriteDeepSpeed(_run.At("checkpoint-40"), stage: 3, ranks: 1);

        _run.VerifyOne().IsResumable.ShouldBeTrue();
    }
}
