using Podium.Checkpoints.Verification.Models;
using Podium.Checkpoints.Verification.Safetensors;
using Podium.Ranking;

namespace Podium.Checkpoints.Tests.Verification;

/// <summary>The run folders of the real Trainer and of Lightning, all of them whole.</summary>
public sealed class RealRunsTests
{
    [Theory]
    [InlineData("gpt2-diverged", 5, false)]
    [InlineData("gpt2-epochs", 8, false)]
    [InlineData("gpt2-forked", 6, false)]
    [InlineData("gpt2-full", 10, true)]
    [InlineData("gpt2-lora", 4, true)]
    [InlineData("gpt2-no-eval", 3, false)]
    [InlineData("gpt2-overfit", 20, false)]
    [InlineData("gpt2-resumed", 5, false)]
    [InlineData("gpt2-sharded", 3, true)]
    [InlineData("gpt2-two-eval-sets", 5, false)]
    [InlineData("lightning-csv/checkpoints", 12, true)]
    [InlineData("llama-limit", 3, false)]
    [InlineData("trl-sft", 4, false)]
    public void Verify_RealRun_IsWhole(string run, int checkpoints, bool isResumable)
    {
        var verified = CheckpointsOnDisk.VerifyFolder(SharedMaterial.Require($"hf-runs/{run}"), CheckpointsOnDisk.Written);

        verified.Count.ShouldBe(checkpoints);
        foreach (var (path, one) in verified)
        {
            one.State.ShouldBe(CheckpointState.Complete, path);
            one.Faults.ShouldBeEmpty(path);
            one.Remedy.ShouldBeNull(path);
            one.IsResumable.ShouldBe(isResumable, path);
            // Their random states were taken out; nothing else is to be said.
            one.Notes.Count.ShouldBe(isResumable ? 1 : 0, path);
        }
    }

    [Theory]
    [InlineData("gpt2-full", "*.safetensors")]
    [InlineData("llama-limit", "*.safetensors")]
    [InlineData("gpt2-sharded", "*.safetensors")]
    public void AtLeast_RealModel_IsALittleBelowItsParameters(string run, string files)
    {
        var checkpoint = Directory.EnumerateDirectories(SharedMaterial.Require($"hf-runs/{run}"), "checkpoint-*").First();
        var config = ModelConfig.Parse(File.ReadAllBytes(Path.Combine(checkpoint, "config.json"))).ShouldNotBeNull();
        var headers = Directory.GetFiles(checkpoint, files).Select(file => SafetensorsFile.Read(file, file, new HeaderCache()).Value.ShouldNotBeNull()).ToList();
        var there = headers.Sum(header => header.Elements);

        var implied = ImpliedParameters.AtLeast(config).ShouldNotBeNull();

        ((double)implied / (double)there).ShouldBeInRange(0.6, 1);
        // The names are those that the architecture is known for.
        var names = headers.SelectMany(header => header.Tensors).Select(tensor => tensor.Name).ToList();
        names.Except(ExpectedNames.Of(config, names)).ShouldBeEmpty();
    }
}
