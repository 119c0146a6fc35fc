using System.Text.Json;
using Podium.Checkpoints.RunFolders;
using Podium.Ranking;
using Podium.Strategies;

namespace Podium.Checkpoints.Tests.RunFolders;

/// <summary>Every folder of the corpus and of hf-runs against an independent reading of the exact rules.</summary>
public sealed class GoldenRankingTests
{
    public static TheoryData<string> Folders()
    {
        var folders = new TheoryData<string>();
        if (SharedMaterial.Root is { } root)
        {
            using var golden = Load(root);
            foreach (var folder in golden.RootElement.GetProperty("folders").EnumerateObject()) folders.Add(folder.Name);
        }
        else
        {
            folders.Add("golden/rankings.json");
        }

        return folders;
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Rank_FolderOfTheCorpus_IsAsTheIndependentReadingSays(string folder)
    {
        var path = SharedMaterial.Require(folder);
        using var golden = Load(SharedMaterial.Root!);
        var expected = golden.RootElement.GetProperty("folders").GetProperty(folder).EnumerateArray().ToDictionary(KeyOf);
        foreach (var readAll in (bool[])[false, true])
        {
            var read = RunFolderReader.Read(path, new ReadOptions { ReadAll = readAll });
            read.Unreadable.ShouldBeEmpty();
            read.Runs.Select(run => string.Join(",", run.Run.Checkpoints.Select(checkpoint => checkpoint.Path).Order(StringComparer.Ordinal)))
                .Order(StringComparer.Ordinal).ShouldBe(expected.Keys.Order(StringComparer.Ordinal));
            foreach (var run in read.Runs) Compare(run.Run, expected[KeyOf(run.Run)]);
        }
    }

    private static void Compare(Run run, JsonElement expected)
    {
        var applies = expected.GetProperty("multi_metric_applies").GetBoolean();
        var byDefault = Ranker.Rank(run);
        (byDefault.Refusal?.Kind == RefusalKind.NotATokenLoss).ShouldBe(!applies);
        var ranking = Ranker.Rank(run, new MultiMetricStrategy(Podium.Scoring.MultiMetricScorer.Default, AskedFor: true));
        ranking.Best?.Checkpoint.Path.ShouldBe(expected.GetProperty("best").GetString());
        (ranking.Best is null).ShouldBe(expected.GetProperty("best").ValueKind == JsonValueKind.Null);
        var byPath = ranking.Checkpoints.ToDictionary(ranked => ranked.Checkpoint.Path);
        foreach (var checkpoint in expected.GetProperty("checkpoints").EnumerateArray())
        {
            var ranked = byPath[checkpoint.GetProperty("path").GetString()!];
            ranked.Checkpoint.Step.ShouldBe(checkpoint.GetProperty("step").GetInt64());
            Number(checkpoint, "eval_step").ShouldBe(ranked.Scored?.Step, ranked.Checkpoint.Path);
            Close(ranked.Scored is { IsFinite: true } evaluation ? evaluation.Value : null, Number(checkpoint, "eval_loss"), ranked);
            Close(ranked.Scored?.TrainLoss, Number(checkpoint, "train_loss"), ranked);
            Close(double.IsFinite(ranked.Score) ? ranked.Score : null, Number(checkpoint, "score"), ranked);
        }
    }

    private static void Close(double? actual, double? expected, RankedCheckpoint ranked)
    {
        actual.HasValue.ShouldBe(expected.HasValue, ranked.ToString());
        if (expected is { } number) actual!.Value.ShouldBe(number, 1e-9 * Math.Max(1, Math.Abs(number)), ranked.ToString());
    }

    private static double? Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private static string KeyOf(JsonElement run) => string.Join(",", run.GetProperty("checkpoints").EnumerateArray()
        .Select(checkpoint => checkpoint.GetProperty("path").GetString()).Order(StringComparer.Ordinal));

    private static string KeyOf(Run run) => string.Join(",", run.Checkpoints.Select(checkpoint => checkpoint.Path).Order(StringComparer.Ordinal));

    private static JsonDocument Load(string root) => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(root, "golden", "rankings.json")));
}
