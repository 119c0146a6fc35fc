using System.Globalization;
using Podium.Analysis;
using Podium.Cli.Output;
using Podium.Ranking;
using Podium.Strategies;

namespace Podium.Cli.Rankings;

/// <summary>The checkpoints of a run as a table.</summary>
internal static class RankingTable
{
    public static ResultTable Of(RunRanking run)
    {
        var table = new ResultTable(Columns(run));
        foreach (var ranked in run.Checkpoints) table.Add(StyleOf(ranked), Row(run, ranked));
        return table;
    }

    /// <summary>All runs of several folders in one table, for spreadsheets.</summary>
    public static ResultTable Of(RankedFolders folders)
    {
        ResultColumn[] columns = [new("folder", "folder"), new("run", "run", IsNumber: true), .. Columns(null)];
        var table = new ResultTable(columns);
        foreach (var folder in folders.Folders)
        {
            for (var i = 0; i < folder.Ranking.Runs.Count; i++)
            {
                var run = folder.Ranking.Runs[i];
                foreach (var ranked in run.Checkpoints) table.Add(StyleOf(ranked), [folder.Path, i + 1, .. Row(run, ranked, withMetric: false)]);
            }
        }

        return table;
    }

    private static ResultColumn[] Columns(RunRanking? run) =>
    [
        new("#", "rank", IsNumber: true),
        new("checkpoint", "path", GivesWay: true),
        new("step", "step", IsNumber: true, Dispensable: 9),
        new("eval_loss", "eval_loss", IsNumber: true),
        new("train", "train_loss", IsNumber: true, Dispensable: 4),
        new("gap", "gap", IsNumber: true, Dispensable: 5),
        new("ppl", "perplexity", IsNumber: true, Dispensable: 6),
        .. run is not null && ScoredMetric(run) is { } metric ? [new ResultColumn(metric, metric, IsNumber: true)] : Array.Empty<ResultColumn>(),
        new("score", "score", IsNumber: true),
        new("size", "size_bytes", IsNumber: true, Dispensable: 8),
        new("", "note"),
    ];

    private static Cell[] Row(RunRanking run, RankedCheckpoint ranked, bool withMetric = true)
    {
        var loss = ranked.Loss;
        var gap = loss is { } evaluation ? LossGap.At(evaluation)?.Relative : null;
        return
        [
            ranked.Rank,
            ranked.Checkpoint.Path,
            ranked.Checkpoint.Step,
            Cell.Of(loss?.Value, Numbers.Loss),
            Cell.Of(loss?.TrainLoss, Numbers.Loss),
            Cell.Of(gap, Numbers.Percent),
            Cell.Of(Perplexities.Of(loss?.Value), "0.00"),
            .. withMetric && ScoredMetric(run) is not null ? [Cell.Of(ranked.Scored?.Value, Numbers.Loss)] : Array.Empty<Cell>(),
            double.IsFinite(ranked.Score) ? Cell.Of(ranked.Score, Numbers.Loss) : "",
            new Cell(Numbers.Bytes(ranked.Checkpoint.SizeBytes), ranked.Checkpoint.SizeBytes.ToString(CultureInfo.InvariantCulture)),
            Note(ranked),
        ];
    }

    /// <summary>The metric that is sorted by, where it has no column yet.</summary>
    private static string? ScoredMetric(RunRanking run) =>
        run.Strategy is MetricStrategy or TrainerStrategy
            ? run.Checkpoints.Select(ranked => ranked.Parts).FirstOrDefault(parts => parts.Count == 1) is [{ Name: not "eval_loss" } part] ? part.Name : null
            : null;

    private static string Note(RankedCheckpoint ranked)
    {
        List<string> notes = [];
        if (ranked.IsBest) notes.Add("★ best");
        if (ranked.IsLatest) notes.Add("latest");
        if (ranked is { Scored: { } scored, IsOwnEvaluation: false }) notes.Add($"evaluated at {scored.Step}");
        if (ranked.Checkpoint.State is not CheckpointState.Complete) notes.Add(ranked.Checkpoint.State.Spelling());
        return string.Join(", ", notes);
    }

    private static Ink StyleOf(RankedCheckpoint ranked) =>
        ranked.IsBest ? Ink.Best
        : double.IsFinite(ranked.Score) && ranked.Checkpoint.IsRecommendable ? Ink.Plain
        : Ink.Quiet;
}
