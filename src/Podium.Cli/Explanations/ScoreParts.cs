using Podium.Cli.Output;
using Podium.Ranking;

namespace Podium.Cli.Explanations;

/// <summary>The parts of a score beside those of its rival.</summary>
internal static class ScoreParts
{
    public static void Write(Screen console, RunRanking run, RankedCheckpoint ranked)
    {
        var rival = run.Checkpoints.FirstOrDefault(other => !ReferenceEquals(other, ranked) && other.Parts.Count == ranked.Parts.Count && (ranked.IsBest || other.IsBest));
        ResultColumn[] columns =
        [
            new("part of the score", "part"),
            new(ranked.Checkpoint.Path, ranked.Checkpoint.Path, IsNumber: true, GivesWay: true),
            .. rival is null ? Array.Empty<ResultColumn>() : [new(rival.Checkpoint.Path, rival.Checkpoint.Path, IsNumber: true, GivesWay: true), new ResultColumn("difference", "difference", IsNumber: true)],
        ];
        var table = new ResultTable(columns);
        for (var i = 0; i < ranked.Parts.Count; i++) AddRow(ranked.Parts[i].Name, ranked.Parts[i].Value, rival?.Parts[i].Value, Ink.Plain);
        AddRow("score", ranked.Score, rival?.Score, Ink.Best);
        table.WriteTable(console);
        console.WriteLine();

        void AddRow(string name, double mine, double? theirs, Ink ink) =>
            table.Add(ink, [name, Cell.Of(mine, Numbers.Loss), .. theirs is { } other ? [Cell.Of(other, Numbers.Loss), Cell.Of(mine - other, "+0.0000;-0.0000;0")] : Array.Empty<Cell>()]);
    }
}
