namespace Podium.Server.Description;

/// <summary>What the description says of a call besides its code.</summary>
/// <param name="Id">Its name for programs; it never changes.</param>
/// <param name="Summary">What it does, where its code does not say.</param>
/// <param name="Request">An example of what is sent.</param>
/// <param name="Answer">An example of what is answered.</param>
/// <param name="IsLater">Whether it is there already and answers 501 as yet.</param>
internal sealed record DescribedCall(string Id, string? Summary = null, string? Request = null, string? Answer = null, bool IsLater = false);

/// <summary>All calls that are described.</summary>
internal static class DescribedCalls
{
    private static readonly Dictionary<string, DescribedCall> All = new(StringComparer.Ordinal)
    {
        ["GET health"] = new("getHealth", "Says whether the server can work, and what is wrong.", Answer: """{"status": "ok", "error": null}"""),
        ["GET version"] = new("getVersion", "Says the program's version, as text."),
        ["GET api/session"] = new("getSession", "Says who calls.", Answer: """{"name": "admin", "role": "admin", "job_id": null, "csrf_token": null}"""),
        ["GET api/tokens"] = new("listTokens", "Lists tokens, without their secrets."),
        ["POST api/tokens"] = new("addToken", "Makes a token; its secret is told this once.", """{"name": "dashboard", "role": "viewer"}"""),
        ["DELETE api/tokens/{name}"] = new("revokeToken", "Revokes a token."),
        ["POST api/training/local/jobs"] = new("createJob", null, CallExamples.NewJob, CallExamples.MadeJob),
        ["GET api/training/local/jobs"] = new("listJobs"),
        ["GET api/training/local/{job_id}/status"] = new("getStatus"),
        ["PATCH api/training/local/{job_id}/status"] = new("changeJob", null, """{"strategy": "eval-loss"}"""),
        ["GET api/training/local/stream"] = new("streamJobs"),
        ["GET api/training/local/{job_id}/stream"] = new("streamJob"),
        ["GET api/training/local/{job_id}/metrics"] = new("getMetrics", null, Answer: CallExamples.Series),
        ["GET api/training/local/{job_id}/metrics/summary"] = new("getMetricsSummary", null, Answer: CallExamples.Summary),
        ["GET api/training/local/{job_id}/logs"] = new("getLogs", null, Answer: """{"logs": ["{'loss': 1.93, 'epoch': 0.5}"], "total": 1}"""),
        ["POST api/training/local/{job_id}/control"] = new("controlJob", "Pauses, resumes or cancels a training: not yet.", IsLater: true),
        ["POST api/training/local/start"] = new("startTraining", "Starts a training: not yet.", IsLater: true),
        ["POST api/training/local/import"] = new("importRunFolder", null, """{"path": "/runs/llama-sft"}""", CallExamples.Imported),
        ["POST api/training/local/metrics"] = new("reportMetrics", null, CallExamples.Metrics, """{"success": true, "count": 2}"""),
        ["POST api/training/deploy"] = new("deploy", "Deploys a checkpoint: not yet.", IsLater: true),
        ["GET api/training/checkpoints/list"] = new("listCheckpointsInOldForm"),
        ["GET api/training/checkpoints/{job_id}"] = new("listCheckpoints", null, Answer: CallExamples.Listing),
        ["POST api/training/checkpoints/{job_id}"] = new("reportCheckpoint", null, """{"path": "checkpoint-200", "step": 200, "epoch": 1.0}""", """{"success": true, "job_id": "llama-sft", "path": "checkpoint-200", "step": 200}"""),
        ["POST api/training/checkpoints/{job_id}/evaluations"] = new("reportEvaluations", "Takes results of evaluations on the task: not yet.", IsLater: true),
        ["GET v1/fine_tuning/jobs"] = new("listFineTuningJobs"),
        ["GET v1/fine_tuning/jobs/{job_id}"] = new("getFineTuningJob"),
        ["GET v1/fine_tuning/jobs/{job_id}/events"] = new("listFineTuningEvents"),
        ["GET v1/fine_tuning/jobs/{job_id}/checkpoints"] = new("listFineTuningCheckpoints"),
    };

    /// <summary>Finds what is said of a call. One that is not there yet has no name for programs, which a test notices.</summary>
    public static DescribedCall Find(string method, string path) => All.GetValueOrDefault($"{method} {path.TrimEnd('/')}") ?? new DescribedCall("");
}
