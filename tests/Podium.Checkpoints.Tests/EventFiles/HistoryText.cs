using System.Text;
using Podium.Histories;

namespace Podium.Checkpoints.Tests.EventFiles;

/// <summary>Shows a history as text, an entry a line, so that a test can say what it expects at a glance.</summary>
internal static class HistoryText
{
    public static string Show(this TrainingHistory history)
    {
        var text = new StringBuilder();
        for (var entry = 0; entry < history.Count; entry++)
        {
            text.Append(history.Steps[entry] == TrainingHistory.NoStep ? "-" : history.Steps[entry]).Append(':');
            foreach (var column in history.Columns)
                if (column.TryGetValue(entry, out var value))
                    text.Append(' ').Append(column.Name).Append('=').Append((float)value);

            text.Append('\n');
        }

        return text.ToString().TrimEnd('\n');
    }
}
