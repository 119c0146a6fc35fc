namespace Podium.Server.Description;

/// <summary>Examples that are too long for a line.</summary>
internal static class CallExamples
{
    public const string NewJob = """
        {"job_id": "llama-sft", "job_name": "Llama on support tickets", "model_name": "llama-3.2-1b", "dataset_name": "tickets", "output_dir": "/runs/llama-sft", "total_steps": 600, "config": {"learning_rate": 0.0002}}
        """;

    public const string MadeJob = """{"job_id": "llama-sft", "job_token": "shown once"}""";

    public const string Metrics = """
        {"job_id": "llama-sft", "metrics": [{"step": 190, "epoch": 0.95, "train_loss": 1.42, "learning_rate": 0.00018}, {"step": 200, "epoch": 1.0, "eval_loss": 1.51}]}
        """;

    public const string Imported = """{"job_id": "0f343b0931126a20f133d67c2b018a3b", "runs": 1, "checkpoints": 12, "points": 2400, "new_points": 2400}""";

    public const string Series = """
        {"job_id": "llama-sft", "run": 1, "keys": ["eval_loss", "loss"], "series": {"eval_loss": {"steps": [200, 400], "values": [1.51, 1.47], "count": 2}}}
        """;

    public const string Summary = """
        {"job_id": "llama-sft", "run": 1, "metrics": [{"key": "eval_loss", "direction": "min", "best": 1.47, "best_step": 400, "min": 1.47, "max": 1.51, "last": 1.47, "last_step": 400, "count": 2}]}
        """;

    // E = 1.51, T = 1.42: 0.5·E + 0.3·(E − T)/E + 0.1·exp(E)/20 − 0.1.
    public const string Listing = """
        {
          "job_id": "llama-sft",
          "strategy": "multi-metric",
          "weights": {"eval_loss": 0.5, "overfitting": 0.3, "perplexity": 0.1, "improvement": 0.1},
          "checkpoints": [{
            "path": "checkpoint-200", "epoch": 1.0, "step": 200, "eval_step": 200, "eval_loss": 1.51, "train_loss": 1.42, "epochs_without_improvement": 0,
            "score": 0.696, "components": {"eval_loss": 0.755, "overfitting": 0.018, "perplexity": 0.023, "improvement": -0.1},
            "rank": 1, "size_bytes": 2471645608, "created_at": "2026-01-01T12:00:00Z", "state": "complete", "runs": [1], "is_best": true, "is_latest": true
          }],
          "best_checkpoint": "checkpoint-200",
          "latest_checkpoint": "checkpoint-200",
          "best_evaluation": {"step": 200, "eval_loss": 1.51, "score": 0.696},
          "source": "folder",
          "run_folder": "/runs/llama-sft",
          "run": 1,
          "strategies_disagree": false,
          "strategies": [],
          "warnings": [],
          "error": null
        }
        """;
}
