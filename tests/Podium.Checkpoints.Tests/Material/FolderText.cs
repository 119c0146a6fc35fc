using System.Globalization;
using System.Text;
using Podium.Checkpoints.RunFolders;
using Podium.Histories;
using Podium.Ranking;

namespace Podium.Checkpoints.Tests.Material;

/// <summary>Everything that was read of a folder, as text: two readings are the same if their texts are.</summary>
internal static class FolderText
{
    public static string Of(RunFolder folder)
    {
        var text = new StringBuilder();
        foreach (var run in folder.Runs)
        {
            text.Append("run ").Append(run.Facts).Append(' ').Append(run.Run.TrainerChoice).Append('\n');
            foreach (var checkpoint in run.Run.Checkpoints.OrderBy(checkpoint => checkpoint.Path, StringComparer.Ordinal)) text.Append("  ").Append(checkpoint).Append('\n');
            Append(text, run.Run.History);
            foreach (var ranked in Ranker.Rank(run.Run).Checkpoints)
                text.Append("  ").Append(ranked.Rank).Append(' ').Append(ranked.Checkpoint.Path).Append(' ').Append(Exact(ranked.Score)).Append('\n');
        }

        foreach (var unreadable in folder.Unreadable.Select(one => one.Path).Order(StringComparer.Ordinal)) text.Append("unreadable ").Append(unreadable).Append('\n');
        foreach (var warning in folder.Warnings.Select(warning => warning.ToString()).Order(StringComparer.Ordinal)) text.Append(warning).Append('\n');
        return text.ToString();
    }

    private static void Append(StringBuilder text, TrainingHistory history)
    {
        text.Append("  steps ").AppendJoin(',', history.Steps.ToArray()).Append('\n');
        foreach (var column in history.Columns)
        {
            text.Append("  ").Append(column.Name).Append(':');
            for (var i = 0; i < column.Count; i++) text.Append(' ').Append(column.Entries[i]).Append('=').Append(Exact(column.Values[i]));
            text.Append('\n');
        }
    }

    private static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
