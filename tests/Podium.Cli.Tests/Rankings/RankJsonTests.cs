using System.Text.Json;
using Podium.Cli.Tests.Material;

namespace Podium.Cli.Tests.Rankings;

/// <summary>The names that programs read. None may go or change its type; others may come.</summary>
public sealed class RankJsonTests
{
    private static readonly (string Name, JsonValueKind[] Kinds)[] Folder =
    [
        ("folder", [JsonValueKind.String]),
        ("strategy", [JsonValueKind.String]),
        ("strategy_from", [JsonValueKind.String]),
        ("recommended", [JsonValueKind.String, JsonValueKind.Null]),
        ("runs", [JsonValueKind.Array]),
        ("unreadable", [JsonValueKind.Array]),
        ("warnings", [JsonValueKind.Array]),
    ];

    private static readonly (string Name, JsonValueKind[] Kinds)[] Run =
    [
        ("checkpoints", [JsonValueKind.Array]),
        ("best_checkpoint", [JsonValueKind.String, JsonValueKind.Null]),
        ("latest_checkpoint", [JsonValueKind.String, JsonValueKind.Null]),
        ("best_evaluation", [JsonValueKind.Object, JsonValueKind.Null]),
        ("warnings", [JsonValueKind.Array]),
    ];

    private static readonly (string Name, JsonValueKind[] Kinds)[] Checkpoint =
    [
        ("path", [JsonValueKind.String]),
        ("step", [JsonValueKind.Number]),
        ("epoch", [JsonValueKind.Number, JsonValueKind.Null]),
        ("eval_step", [JsonValueKind.Number, JsonValueKind.Null]),
        ("eval_loss", [JsonValueKind.Number, JsonValueKind.Null]),
        ("train_loss", [JsonValueKind.Number, JsonValueKind.Null]),
        ("epochs_without_improvement", [JsonValueKind.Number, JsonValueKind.Null]),
        ("score", [JsonValueKind.Number, JsonValueKind.Null]),
        ("rank", [JsonValueKind.Number]),
        ("components", [JsonValueKind.Object]),
        ("is_best", [JsonValueKind.True, JsonValueKind.False]),
        ("is_latest", [JsonValueKind.True, JsonValueKind.False]),
        ("size_bytes", [JsonValueKind.Number]),
        ("created_at", [JsonValueKind.String, JsonValueKind.Null]),
        ("state", [JsonValueKind.String]),
    ];

    [Fact]
    public async Task Rank_Json_HasEveryNameOfTheContract()
    {
        var folder = (await PodiumProcess.RunAsync("rank", Sample.Sentiment, "--format", "json")).ShouldExitWith(0).Json();

        ShouldHave(folder, Folder);
        var run = folder.Items("runs").ShouldHaveSingleItem();
        ShouldHave(run, Run);
        ShouldHave(run.GetProperty("best_evaluation"), [("step", [JsonValueKind.Number]), ("eval_loss", [JsonValueKind.Number]), ("score", [JsonValueKind.Number])]);
        run.Items("checkpoints").Length.ShouldBe(8);
        foreach (var checkpoint in run.Items("checkpoints"))
        {
            ShouldHave(checkpoint, Checkpoint);
            checkpoint.GetProperty("components").EnumerateObject().Select(part => part.Name).ShouldBe(["eval_loss", "overfitting", "perplexity", "improvement"]);
            checkpoint.GetProperty("components").EnumerateObject().Sum(part => part.Value.GetDouble()).ShouldBe(checkpoint.Number("score"), 1e-12);
        }
    }

    [Fact]
    public async Task Rank_Json_SaysWhatTheSampleSays()
    {
        var folder = (await PodiumProcess.RunAsync(["rank", "samples/sentiment-finetune", "-f", "json"], Checkout.Root)).ShouldExitWith(0).Json();

        folder.Text("folder").ShouldBe("samples/sentiment-finetune");
        folder.Text("strategy").ShouldBe("multi-metric");
        folder.Text("strategy_from").ShouldBe("default");
        folder.Text("recommended").ShouldBe("checkpoint-400");
        var run = folder.Items("runs")[0];
        run.Text("best_checkpoint").ShouldBe("checkpoint-400");
        run.Text("latest_checkpoint").ShouldBe("checkpoint-800");
        run.GetProperty("best_evaluation").Number("step").ShouldBe(400);

        var checkpoints = folder.Checkpoints();
        checkpoints.Select(checkpoint => checkpoint.GetProperty("rank").GetInt32()).ShouldBe([1, 2, 3, 4, 5, 6, 7, 8]);
        checkpoints.Select(checkpoint => checkpoint.GetProperty("is_best").GetBoolean()).ShouldBe([true, false, false, false, false, false, false, false]);
        checkpoints.Select(checkpoint => checkpoint.GetProperty("is_latest").GetBoolean()).ShouldBe([false, false, false, false, false, false, false, true]);
        var best = checkpoints[0];
        (best.Number("step"), best.Number("epoch"), best.Number("eval_step"), best.Number("eval_loss"), best.Number("epochs_without_improvement")).ShouldBe((400, 2, 400, 1.3621, 0));
        best.Number("train_loss").ShouldBe(1.2432, 0.00005);
        best.Number("score").ShouldBe(0.627, 0.0005);
        best.Text("state").ShouldBe("complete");
        best.Number("size_bytes").ShouldBeGreaterThan(1000);
        best.Text("created_at")!.ShouldEndWith("Z");
    }

    [Fact]
    public async Task Rank_NoOwnFiniteScore_IsNullAndStandsLast()
    {
        using var folder = new TemporaryFolder();
        MadeRun.Usual(folder, evalLosses: [2, double.NaN, 1.5]);

        var last = (await PodiumProcess.RunAsync("rank", folder.Path, "-f", "json")).ShouldExitWith(0).Json().Checkpoints()[^1];
        last.Text("path").ShouldBe("checkpoint-20");
        last.GetProperty("score").ValueKind.ShouldBe(JsonValueKind.Null);
        last.GetProperty("eval_loss").ValueKind.ShouldBe(JsonValueKind.Null);
        last.GetProperty("is_best").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Rank_TwoRunsInAFolder_NewestFirst()
    {
        using var folder = new TemporaryFolder();
        var run = new MadeRun(folder, "");
        run.Log(10, "\"loss\": 2.0").Log(10, "\"eval_loss\": 2.1").Save(10).Log(20, "\"eval_loss\": 1.9").Save(20);
        new MadeRun(folder, "").Log(10, "\"loss\": 3.0").Log(10, "\"eval_loss\": 3.1").Log(30, "\"eval_loss\": 2.9").Save(30);
        foreach (var (checkpoint, minute) in ((string, int)[])[("checkpoint-10", 10), ("checkpoint-20", 20), ("checkpoint-30", 0)])
            File.SetLastWriteTimeUtc(Path.Combine(folder.Path, checkpoint, "trainer_state.json"), new DateTime(2026, 1, 1, 12, minute, 0, DateTimeKind.Utc));

        var answer = (await PodiumProcess.RunAsync("rank", folder.Path, "-f", "json")).ShouldExitWith(0).Json();
        answer.Items("runs").Select(one => one.Text("latest_checkpoint")).ShouldBe(["checkpoint-20", "checkpoint-30"]);
        answer.Text("recommended").ShouldBe("checkpoint-20");
        var warning = answer.Items("warnings").ShouldHaveSingleItem();
        warning.EnumerateObject().Select(member => member.Name).ShouldBe(["code", "message"]);
        warning.Text("code").ShouldBe("several-runs");
    }

    [Fact]
    public async Task Rank_Json_WordsGoToStderr()
    {
        using var folder = new TemporaryFolder();
        new MadeRun(folder, "").Log(10, "\"loss\": 2.0").Save(10);

        var run = (await PodiumProcess.RunAsync("rank", folder.Path, "-f", "json")).ShouldExitWith(3);
        run.Json().GetProperty("recommended").ValueKind.ShouldBe(JsonValueKind.Null);
        run.Error.ShouldContain("Nothing to recommend");
    }

    private static void ShouldHave(JsonElement element, (string Name, JsonValueKind[] Kinds)[] members)
    {
        foreach (var (name, kinds) in members)
        {
            element.TryGetProperty(name, out var value).ShouldBeTrue(name);
            kinds.ShouldContain(value.ValueKind, name);
        }
    }
}
