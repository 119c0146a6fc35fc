using Podium.Histories;
using Podium.Storage.Jobs;

namespace Podium.Storage.Writing;

/// <summary>Reads a history line by line, as it was logged.</summary>
internal static class HistoryEntries
{
    /// <summary>Its entries that have a step and a metric.</summary>
    public static IEnumerable<JobReportEntry> Of(TrainingHistory history)
    {
        var next = new int[history.Columns.Count];
        for (var entry = 0; entry < history.Count; entry++)
        {
            List<KeyValuePair<string, double>> metrics = [];
            for (var i = 0; i < next.Length; i++)
            {
                var column = history.Columns[i];
                if (next[i] < column.Count && column.Entries[next[i]] == entry) metrics.Add(new(column.Name, column.Values[next[i]++]));
            }

            if (history.Steps[entry] is not TrainingHistory.NoStep and var step && metrics.Count > 0) yield return new JobReportEntry(step, null, metrics);
        }
    }
}
