using System.Net;
using Podium.Server.Tests.MLflow;

namespace Podium.Server.Tests.Material;

/// <summary>Checkpoints as the Trainer uploads them.</summary>
internal static class LoggedCheckpoint
{
    private const string Artifacts = "/api/2.0/mlflow-artifacts/artifacts";

    /// <summary>Makes a model for a checkpoint.</summary>
    public static async Task<string> MakeAsync(MLflowClient client, string run, int step)
    {
        var made = await client.PostAsync("logged-models", new { experiment_id = "0", name = $"checkpoint-{step}", source_run_id = run });
        return made.GetProperty("model").GetProperty("info").GetProperty("model_id").GetString()!;
    }

    /// <summary>Uploads its weights.</summary>
    public static async Task<HttpStatusCode> UploadAsync(MLflowClient client, string model, int step)
    {
        using var weights = new TemporaryFolder();
        var file = Path.Combine(weights.Path, "model.safetensors");
        WeightFiles.WriteSafetensors(file);
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        return (await client.SendAsync(HttpMethod.Put, $"{Artifacts}/0/models/{model}/artifacts/artifacts/checkpoint-{step}/model.safetensors", new ByteArrayContent(bytes))).Status;
    }

    /// <summary>Says that all of it is there.</summary>
    public static async Task<HttpStatusCode> FinishAsync(MLflowClient client, string model) =>
        (await client.SendAsync(HttpMethod.Patch, $"logged-models/{model}", new { model_id = model, status = "LOGGED_MODEL_READY" })).Status;

    /// <summary>All three, which must succeed.</summary>
    public static async Task LogAsync(MLflowClient client, string run, int step)
    {
        var model = await MakeAsync(client, run, step);
        (await UploadAsync(client, model, step)).ShouldBe(HttpStatusCode.OK);
        (await FinishAsync(client, model)).ShouldBe(HttpStatusCode.OK);
    }
}
