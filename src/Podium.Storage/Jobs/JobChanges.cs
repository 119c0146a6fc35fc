using Podium.Storage.Events;

namespace Podium.Storage.Jobs;

/// <summary>Tells what somebody has changed of a job, of the fields that people set.</summary>
internal static class JobChanges
{
    private static readonly (string Name, Func<JobRow, object?> Of)[] Fields =
    [
        ("job_name", row => row.JobName),
        ("model_name", row => row.ModelName),
        ("model_display_name", row => row.ModelDisplayName),
        ("dataset_name", row => row.DatasetName),
        ("dataset_path", row => row.DatasetPath),
        ("run_folder", row => row.RunFolder),
        ("total_steps", row => row.TotalSteps),
    ];

    /// <summary>The fields that differ, by the names that the wire has for them.</summary>
    public static IReadOnlyDictionary<string, EventData.FromTo> Between(JobRow old, JobRow row)
    {
        Dictionary<string, EventData.FromTo> changed = new(StringComparer.Ordinal);
        foreach (var (name, of) in Fields)
            if (of(old) is var from && of(row) is var to && !Equals(from, to))
                changed.Add(name, new EventData.FromTo(from, to));
        return changed;
    }
}
