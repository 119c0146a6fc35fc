using Podium.Server.Access;
using Podium.Server.Configuration;
using Podium.Server.Wire;
using Podium.Storage.Jobs;

namespace Podium.Server.Jobs;

/// <summary>What is to change of a job; what is not named stays, and null takes a value away.</summary>
internal sealed record JobChangeRequest
{
    /// <summary>What a warning about the run folder is known by.</summary>
    public const string FolderWarning = "run-folder";

    private const string Known = "strategy, run_folder, job_name, model_name, model_display_name, dataset_name, dataset_path, total_steps";

    /// <summary>How to rank it; null: the server's way.</summary>
    public string? Strategy { get; init; }

    /// <summary>Where its checkpoints lie; at or below one of the server's roots.</summary>
    public string? RunFolder { get; init; }

    public string? JobName { get; init; }

    public string? ModelName { get; init; }

    public string? ModelDisplayName { get; init; }

    public string? DatasetName { get; init; }

    public string? DatasetPath { get; init; }

    public long? TotalSteps { get; init; }

    /// <summary>Reads the fields; what is wrong with them is noted there.</summary>
    public static Action<JobRow> Read(JsonFields fields, ServerLimits limits, AllowedFolders folders)
    {
        List<Action<JobRow>> changes = [];
        var name = limits.NameLength;
        if (fields.Has("strategy") && NewJob.StrategyOf(fields, name) is var strategy) changes.Add(row => row.Strategy = strategy);
        if (fields.Has("run_folder") && FolderOf(fields, folders) is var folder)
        {
            changes.Add(row =>
            {
                row.RunFolder = folder;
                if (row.WarningCode == FolderWarning) (row.Warning, row.WarningCode) = (null, null);
            });
        }

        Text("job_name", name, static (row, text) => row.JobName = text);
        Text("model_name", name, static (row, text) => row.ModelName = text);
        Text("model_display_name", name, static (row, text) => row.ModelDisplayName = text);
        Text("dataset_name", name, static (row, text) => row.DatasetName = text);
        Text("dataset_path", NewJob.LongestPath, static (row, text) => row.DatasetPath = text);
        if (fields.Has("total_steps") && fields.Whole("total_steps", 1) is var steps) changes.Add(row => SetTotalSteps(row, steps));
        fields.RefuseOthers(Known);
        if (fields.IsEmpty) fields.Fault($"Nothing is to change. The fields are: {Known}.");
        return row =>
        {
            foreach (var change in changes) change(row);
        };

        void Text(string field, int longest, Action<JobRow, string?> set)
        {
            if (fields.Has(field) && fields.Text(field, longest) is var text) changes.Add(row => set(row, text));
        }
    }

    private static string? FolderOf(JsonFields fields, AllowedFolders folders)
    {
        if (fields.Text("run_folder", NewJob.LongestPath) is not { } named) return null;
        return folders.TryFind(named, out var folder, out var fault) ? folder : fields.Fault($"run_folder: {fault}");
    }

    private static void SetTotalSteps(JobRow row, long? steps)
    {
        row.TotalSteps = steps;
        row.Progress = steps is { } total && row.CurrentStep is { } current ? Math.Clamp(100.0 * current / total, 0, 100) : row.Progress;
    }
}
