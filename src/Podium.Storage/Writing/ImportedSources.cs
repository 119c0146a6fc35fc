using Podium.Histories;
using Podium.Reports;
using Podium.Storage.Jobs;

namespace Podium.Storage.Writing;

/// <summary>Tells by which way each entry of a run folder's history came: a state file, or a log beside the checkpoints.</summary>
internal sealed class ImportedSources
{
    // Null where all of it stands in state files, as it mostly does.
    private readonly HashSet<(string Metric, long Step)>? _inStateFiles;

    public ImportedSources(ImportedRun run)
    {
        if (ReferenceEquals(run.InStateFiles, run.Run.History)) return;
        _inStateFiles = [];
        foreach (var column in run.InStateFiles.Columns)
            foreach (var entry in column.Entries)
                _inStateFiles.Add((column.Name, run.InStateFiles.Steps[entry]));
    }

    /// <summary>Where an entry stands. What a log has filled in is an entry of its own; its epoch alone says nothing.</summary>
    public PointSource Of(in JobReportEntry entry)
    {
        if (_inStateFiles is null) return PointSource.StateFile;
        foreach (var (metric, _) in entry.Metrics)
            if (metric is not MetricKeys.Epoch || entry.Metrics.Count == 1)
                return _inStateFiles.Contains((metric, entry.Step)) ? PointSource.StateFile : PointSource.EventFile;

        return PointSource.StateFile;
    }
}
