using Podium.Storage.Jobs;

namespace Podium.Storage.Migrations;

/// <summary>Says how a job of the old system stands in our words.</summary>
internal static class OldStatus
{
    /// <summary>What a warning about a status is known by.</summary>
    public const string WarningCode = "old-status";

    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["canceled"] = JobStatus.Cancelled,
        ["aborted"] = JobStatus.Cancelled,
        ["killed"] = JobStatus.Cancelled,
        ["stopped"] = JobStatus.Cancelled,
        ["complete"] = JobStatus.Completed,
        ["done"] = JobStatus.Completed,
        ["finished"] = JobStatus.Completed,
        ["succeeded"] = JobStatus.Completed,
        ["success"] = JobStatus.Completed,
        ["crashed"] = JobStatus.Failed,
        ["error"] = JobStatus.Failed,
        ["created"] = JobStatus.Pending,
        ["scheduled"] = JobStatus.Queued,
        ["waiting"] = JobStatus.Queued,
        ["in_progress"] = JobStatus.Running,
        ["training"] = JobStatus.Running,
    };

    /// <summary>Writes status and, where the old word means nothing here, a warning into a row.</summary>
    /// <param name="row">The row's columns.</param>
    public static void Write(Dictionary<string, object?> row)
    {
        var told = (row.GetValueOrDefault("status") as string)?.Trim();
        var word = told?.ToLowerInvariant().Replace(' ', '_').Replace('-', '_');
        if (string.IsNullOrEmpty(word))
        {
            // Nothing was said, and nobody reports to it any more.
            row["status"] = JobStatus.Completed;
            return;
        }

        if (JobStatus.All.Contains(word, StringComparer.Ordinal) || Words.ContainsKey(word))
        {
            row["status"] = Words.GetValueOrDefault(word, word);
            return;
        }

        var status = row.GetValueOrDefault("error") is string { Length: > 0 } ? JobStatus.Failed
            : row.GetValueOrDefault("completed_at") is not null ? JobStatus.Completed
            : JobStatus.Paused;
        var warning = $"The old system called its status '{told}', which means nothing here; it was taken for {status}. Set what is right: podium jobs set {row["job_id"]} --status completed";
        row["status"] = status;
        row["warning"] = row.GetValueOrDefault("warning") is string { Length: > 0 } other ? $"{other} {warning}" : warning;
        row["warning_code"] = WarningCode;
    }
}
