namespace Podium.Storage.Jobs;

/// <summary>Marks a job that has stopped reporting, and takes the mark away when it is heard of again. All of it in the transaction of whoever asks.</summary>
public static class SilentJob
{
    /// <summary>What its warning is known by.</summary>
    public const string WarningCode = "no-reports";

    /// <summary>Warns, unless there is another warning already: what that says is lost otherwise.</summary>
    public static void Warn(JobRow row, string warning)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (row.Warning is null) (row.Warning, row.WarningCode) = (warning, WarningCode);
    }

    /// <summary>Marks it failed.</summary>
    /// <param name="row">The job.</param>
    /// <param name="error">Why.</param>
    /// <param name="now">The time, in milliseconds since 1970 UTC.</param>
    public static void Fail(JobRow row, string error, long now)
    {
        ArgumentNullException.ThrowIfNull(row);
        (row.Status, row.Error, row.CompletedAt) = (JobStatus.Failed, error, now);
        (row.Warning, row.WarningCode) = (error, WarningCode);
    }

    /// <summary>Takes in that it was heard of: it was given up too early, or its network is back.</summary>
    /// <returns>Whether it runs again that had been marked failed.</returns>
    internal static bool Heard(JobRow row)
    {
        if (row.WarningCode != WarningCode) return false;
        (row.Warning, row.WarningCode) = (null, null);
        if (row.Status != JobStatus.Failed) return false;
        (row.Status, row.Error, row.CompletedAt) = (JobStatus.Running, null, null);
        return true;
    }
}
