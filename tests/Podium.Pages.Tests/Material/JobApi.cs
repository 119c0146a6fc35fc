using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Podium.Pages.Tests.Material;

/// <summary>The calls that trainers make, to fill a server with jobs while it runs.</summary>
public sealed class JobApi(HttpClient client)
{
    /// <summary>Makes a job.</summary>
    /// <param name="job">Its fields.</param>
    /// <returns>Its own token.</returns>
    public async Task<string> CreateAsync(object job) => (await PostAsync("/api/training/local/jobs", job)).GetProperty("job_token").GetString()!;

    /// <summary>Reports entries; each has a step.</summary>
    public Task ReportAsync(string jobId, params object[] metrics) => PostAsync("/api/training/local/metrics", new { job_id = jobId, metrics });

    /// <summary>Reports an evaluation at a step, and the checkpoint that was saved with it.</summary>
    public async Task EvaluateAsync(string jobId, long step, double evalLoss, object? also = null)
    {
        await ReportAsync(jobId, [new { step, eval_loss = evalLoss }, .. also is null ? Array.Empty<object>() : [also]]);
        await PostAsync($"/api/training/checkpoints/{jobId}", new { path = $"checkpoint-{step}", step, size_bytes = 548_105_171L });
    }

    /// <summary>Reports entries that come as lines of JSON, however many.</summary>
    public async Task StreamAsync(string jobId, IEnumerable<string> lines)
    {
        using var content = new StringContent(string.Join('\n', lines), Encoding.UTF8, "application/x-ndjson");
        using var answer = await client.PostAsync($"/api/training/local/metrics?job_id={jobId}", content, TestContext.Current.CancellationToken);
        await CheckedAsync(answer);
    }

    /// <summary>Says how a job stands, or changes it.</summary>
    public async Task ChangeAsync(string jobId, object change)
    {
        using var answer = await client.PatchAsJsonAsync($"/api/training/local/{jobId}/status", change, TestContext.Current.CancellationToken);
        await CheckedAsync(answer);
    }

    /// <summary>Imports a run folder, under a name or under the folder's own.</summary>
    /// <returns>The job's name.</returns>
    public async Task<string> ImportAsync(string path, string? jobId = null) =>
        (await PostAsync("/api/training/local/import", new { path, job_id = jobId ?? Path.GetFileName(path) })).GetProperty("job_id").GetString()!;

    public async Task<JsonElement> GetAsync(string path) => await client.GetFromJsonAsync<JsonElement>(path, TestContext.Current.CancellationToken);

    public async Task<JsonElement> PostAsync(string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken);
        return await CheckedAsync(answer);
    }

    private static async Task<JsonElement> CheckedAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        answer.IsSuccessStatusCode.ShouldBeTrue($"{answer.RequestMessage!.Method} {answer.RequestMessage.RequestUri}: {(int)answer.StatusCode} {text}");
        return text.Length == 0 ? default : JsonElement.Parse(text);
    }
}
