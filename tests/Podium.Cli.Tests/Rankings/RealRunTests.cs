using System.Text.Json;
using Podium.Cli.Tests.Material;

namespace Podium.Cli.Tests.Rankings;

/// <summary>Runs of the real Trainer and of Lightning, beside the checkout.</summary>
public sealed class RealRunTests
{
    [Fact]
    public async Task Rank_Forked_RecommendsTheForkSavedLast_And20And40AreInBothRuns()
    {
        var path = SharedMaterial.Require("hf-runs/gpt2-forked");

        var answer = (await PodiumProcess.RunAsync("rank", path, "-f", "json")).ShouldExitWith(0).Json();
        answer.Text("recommended").ShouldBe("checkpoint-90");
        answer.Items("runs").Select(run => string.Join(' ', run.Items("checkpoints").Select(checkpoint => checkpoint.Number("step")).Order())).ShouldBe(["20 40 60 80 90", "20 40 100"]);
        (await PodiumProcess.RunAsync("best", path)).ShouldExitWith(0).Output.ShouldBe($"{path}/checkpoint-90\n");
    }

    [Fact]
    public async Task Rank_NoEvaluation_ExitsWith3AndNamesTheNewest()
    {
        var path = SharedMaterial.Require("hf-runs/gpt2-no-eval");

        var run = (await PodiumProcess.RunAsync("rank", path, "-f", "json")).ShouldExitWith(3);
        run.Json().GetProperty("recommended").ValueKind.ShouldBe(JsonValueKind.Null);
        run.Json().Items("runs")[0].Text("latest_checkpoint").ShouldBe("checkpoint-60");
        run.Error.ShouldContain("checkpoint-60");
        (await PodiumProcess.RunAsync("best", path)).ShouldExitWith(3).Output.ShouldBeEmpty();
        (await PodiumProcess.RunAsync("latest", path)).ShouldExitWith(0).Output.ShouldBe($"{path}/checkpoint-60\n");
    }

    [Fact]
    public async Task Rank_TwoEvaluationSets_AsksWhichAndTakesTheAnswer()
    {
        var path = SharedMaterial.Require("hf-runs/gpt2-two-eval-sets");

        var error = (await PodiumProcess.RunAsync("best", path)).ShouldExitWith(3).Error;
        error.ShouldContain("eval_far_loss, eval_near_loss");
        error.ShouldContain("--eval-loss-key");
        (await PodiumProcess.RunAsync("best", path, "--eval-loss-key", "eval_near_loss")).ShouldExitWith(0).Output.ShouldStartWith($"{path}/checkpoint-");
    }

    [Fact]
    public async Task Best_Lightning_IsAnExistingCkptFile()
    {
        var path = SharedMaterial.Require("hf-runs/lightning-csv");

        var best = (await PodiumProcess.RunAsync("best", path)).ShouldExitWith(0).Output.TrimEnd('\n');
        best.ShouldEndWith(".ckpt");
        File.Exists(best).ShouldBeTrue(best);
        (await PodiumProcess.RunAsync("explain", path)).ShouldExitWith(0).Output.Lines().ShouldAllBe(line => line.FitsIn80Columns());
    }

    [Fact]
    public async Task Rank_AcrossAllRuns_GroupsThemAndRecommendsNone()
    {
        var path = SharedMaterial.Require("hf-runs");

        var run = (await PodiumProcess.RunAsync("rank", "--across", path, "-f", "json")).ShouldExitWith(3);
        run.Json().GetProperty("recommended").ValueKind.ShouldBe(JsonValueKind.Null);
        run.Json().Items("groups").Length.ShouldBeGreaterThan(1);
        run.Json().Items("not_ranked").Select(one => Path.GetFileName(one.Text("folder"))).ShouldBe(["gpt2-no-eval", "gpt2-two-eval-sets"]);

        var words = (await PodiumProcess.RunAsync("rank", "--across", path)).ShouldExitWith(3).Output;
        words.Lines().ShouldAllBe(line => line.FitsIn80Columns());
    }

    [Fact]
    public async Task Score_PublishedRankings_ComeOut()
    {
        using var golden = JsonDocument.Parse(File.ReadAllText(SharedMaterial.Require("golden/published-scores.json")));
        var scores = new Dictionary<string, double>();
        foreach (var published in golden.RootElement.Items("cases"))
        {
            var run = await PodiumProcess.RunAsync(
                "score", "-f", "json", "-e", published.GetProperty("eval_loss").GetRawText(), "-t", published.GetProperty("train_loss").GetRawText(), "-n", published.GetProperty("epochs_without_improvement").GetRawText());
            scores[published.Text("id")!] = run.ShouldExitWith(0).Json().Number("score");
            Math.Round(scores[published.Text("id")!], 3).ShouldBe(published.Number("score"), published.Text("id"));
        }

        foreach (var ranking in golden.RootElement.Items("expected_rankings"))
        {
            var ids = ranking.EnumerateArray().Select(id => id.GetString()!).ToArray();
            ids.OrderBy(id => scores[id]).ShouldBe(ids);
        }
    }
}
