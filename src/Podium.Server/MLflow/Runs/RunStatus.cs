using Podium.Server.MLflow.Calls;
using Podium.Storage.Jobs;

namespace Podium.Server.MLflow.Runs;

/// <summary>A job's status in MLflow's words.</summary>
internal static class RunStatus
{
    public static string Of(string status) => status switch
    {
        JobStatus.Queued or JobStatus.Pending or JobStatus.Paused => "SCHEDULED",
        JobStatus.Completed => "FINISHED",
        JobStatus.Failed => "FAILED",
        JobStatus.Cancelled => "KILLED",
        _ => "RUNNING",
    };

    /// <summary>The job's status for MLflow's word; clients may send its number.</summary>
    public static string Parse(string word) => word.ToUpperInvariant() switch
    {
        "RUNNING" or "1" => JobStatus.Running,
        "SCHEDULED" or "2" => JobStatus.Queued,
        "FINISHED" or "3" => JobStatus.Completed,
        "FAILED" or "4" => JobStatus.Failed,
        "KILLED" or "5" => JobStatus.Cancelled,
        _ => throw MLflowException.Invalid($"Invalid value {word} for parameter 'status' supplied: it must be RUNNING, SCHEDULED, FINISHED, FAILED or KILLED."),
    };
}
