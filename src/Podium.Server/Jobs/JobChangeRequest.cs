using Podium.Server.Access;
using Podium.Server.Configuration;
using Podium.Server.Wire;
using Podium.Storage.Jobs;

namespace Podium.Server.Jobs;

/// <summary>What is to change of a job; what is not named stays, and null takes a value away.</summary>
internal sealed record JobChangeRequest
{
    private const string Known = "strategy, run_folder, job_name, model_name, model_display_name, dataset_name, dataset_path, total_steps, status, error";

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

    /// <summary>completed, failed, cancelled, or running again; a job's own token may set it too.</summary>
    public string? Status { get; init; }

    /// <summary>Why it failed, or was cancelled.</summary>
    public string? Error { get; init; }

    /// <summary>Reads the fields; what is wrong with them is noted there.</summary>
    public static Action<JobRow> Read(JsonFields fields, ServerLimits limits, AllowedFolders folders, DateTimeOffset now)
    {
        List<Action<JobRow>> changes = [];
        if (fields.Has("strategy") && NewJob.StrategyOf(fields, limits) is var strategy) changes.Add(row => row.Strategy = strategy);
        if (fields.Has("run_folder") && FolderOf(fields, folders) is var folder) changes.Add(row => JobFolder.Set(row, folder));
        Name("job_name", static (row, text) => row.JobName = text);
        Name("model_name", static (row, text) => row.ModelName = text);
        Name("model_display_name", static (row, text) => row.ModelDisplayName = text);
        Name("dataset_name", static (row, text) => row.DatasetName = text);
        if (fields.Has("dataset_path") && fields.Text("dataset_path", NewJob.LongestPath) is var data) changes.Add(row => row.DatasetPath = data);
        if (fields.Has("total_steps") && fields.Whole("total_steps", 1) is var steps) changes.Add(row => SetTotalSteps(row, steps));
        if (StatusChange.Read(fields, now.ToUnixTimeMilliseconds()) is { } end) changes.Add(end);
        fields.RefuseOthers(Known);
        if (fields.IsEmpty) fields.Fault($"Nothing is to change. The fields are: {Known}.");
        return row =>
        {
            foreach (var change in changes) change(row);
        };

        void Name(string field, Action<JobRow, string?> set)
        {
            if (fields.Has(field) && fields.Text(field, limits) is var text) changes.Add(row => set(row, text));
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
