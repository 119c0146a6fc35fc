using Podium.Cli.Tests.Material;

namespace Podium.Cli.Tests.Watching;

/// <summary>The real Trainer, whose rotation deletes its best checkpoint; skipped where ../shared is not beside the checkout.</summary>
[Trait("Category", "Slow")]
public sealed class RealTrainerTests
{
    private const string SameWeights = """
        import sys, torch
        from transformers import AutoModelForCausalLM
        from safetensors.torch import load_file
        model = AutoModelForCausalLM.from_pretrained(sys.argv[1])
        loaded, stored = model.state_dict(), load_file(sys.argv[1] + "/model.safetensors")
        assert stored and all(torch.equal(loaded[name], tensor) for name, tensor in stored.items())
        with torch.no_grad():
            print(torch.isfinite(model(torch.tensor([[1, 2, 3]])).logits).all().item())
        """;

    [Fact]
    public async Task Watch_TrainerThatDeletesItsBest_KeepsIt_RankRecommendsIt_AndItLoadsInTransformers()
    {
        using var folder = new TemporaryFolder();
        var run = Path.Combine(folder.Path, "run");
        // A few sentences and a high rate: it overfits from the first evaluation on.
        var trainer = TrainerProcess.Start(run, "--steps", "900", "--every", "150", "--learning-rate", "1e-2", "--save-total-limit", "2");
        using var watch = WatchProcess.Start(run, "--keep-best", "1");
        using (trainer) trainer.WaitForEnd();

        (await watch.EndAsync()).ShouldBe(0, watch.Output + watch.Error);
        Directory.Exists(Path.Combine(run, "checkpoint-150")).ShouldBeFalse();
        var answer = (await PodiumProcess.RunAsync("rank", run, "--format", "json")).ShouldExitWith(0).Json();
        var best = answer.Items("runs")[0].GetProperty("best_evaluation").GetProperty("step").GetInt64();
        best.ShouldBeLessThan(750);
        answer.Text("recommended").ShouldBe($".podium/kept/checkpoint-{best}", watch.Output);

        var kept = Path.Combine(run, ".podium", "kept", $"checkpoint-{best}");
        (await ProcessRun.StartAsync(TrainerProcess.Python, ["-c", SameWeights, kept])).ShouldExitWith(0).Output.Trim().ShouldBe("True");
    }
}
