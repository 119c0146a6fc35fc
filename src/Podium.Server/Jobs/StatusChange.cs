using Podium.Server.Wire;
using Podium.Storage.Jobs;

namespace Podium.Server.Jobs;

/// <summary>What a trainer, or a person, says of how a training has ended, or that it goes on.</summary>
internal static class StatusChange
{
    /// <summary>The fields, which a job's own token may set too.</summary>
    public static readonly IReadOnlyList<string> Fields = ["status", "error"];

    /// <summary>A traceback is kept as far as it says what happened: its end.</summary>
    private const int LongestError = 16 * 1024;

    // Waiting and pausing are for whoever starts trainings.
    private static readonly string[] Words = [JobStatus.Completed, JobStatus.Failed, JobStatus.Cancelled, JobStatus.Running];

    /// <summary>Reads the fields; what is wrong with them is noted there.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="now">The time, in milliseconds since 1970 UTC.</param>
    /// <returns>Null where they are not there.</returns>
    public static Action<JobRow>? Read(JsonFields fields, long now)
    {
        var error = fields.Lines("error", LongestError);
        if (!fields.Has("status"))
        {
            if (fields.Has("error")) fields.Fault("error belongs to a status: give status too.");
            return null;
        }

        if (fields.Text("status", int.MaxValue) is not { } status || !Words.Contains(status, StringComparer.Ordinal))
        {
            fields.Fault($"status: it can be set to {string.Join(", ", Words)}.");
            return null;
        }

        if (error is not null && status is not (JobStatus.Failed or JobStatus.Cancelled)) fields.Fault($"error: a training that is {status} has none.");
        return row =>
        {
            row.CompletedAt = status == JobStatus.Running ? null : row.CompletedAt ?? now;
            (row.Status, row.Error) = (status, error);
            row.StartedAt ??= status == JobStatus.Running ? now : null;
            // It was heard of.
            if (row.WarningCode == SilentJob.WarningCode) (row.Warning, row.WarningCode) = (null, null);
        };
    }
}
