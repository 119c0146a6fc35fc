using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Podium.Load.Server;

namespace Podium.PageLoad.Material;

/// <summary>The calls that trainers make.</summary>
internal sealed class Calls : IDisposable
{
    private readonly HttpClient _client;

    public Calls(Uri server)
    {
        _client = new HttpClient { BaseAddress = server, Timeout = TimeSpan.FromMinutes(2) };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ServerProcess.Token);
    }

    public async Task PostAsync(string path, object body)
    {
        using var answer = await _client.PostAsJsonAsync(path, body);
        await CheckAsync(answer);
    }

    /// <summary>Says how a job stands, or changes it.</summary>
    public async Task ChangeAsync(string job, object change)
    {
        using var answer = await _client.PatchAsJsonAsync($"/api/training/local/{job}/status", change);
        await CheckAsync(answer);
    }

    /// <summary>Reports entries that come as lines of JSON, however many.</summary>
    public async Task StreamAsync(string job, IEnumerable<string> lines)
    {
        using var content = new StringContent(string.Join('\n', lines), Encoding.UTF8, "application/x-ndjson");
        using var answer = await _client.PostAsync(new Uri($"/api/training/local/metrics?job_id={job}", UriKind.Relative), content);
        await CheckAsync(answer);
    }

    public async Task ReadAsync(string path)
    {
        using var answer = await _client.GetAsync(new Uri(path, UriKind.Relative));
        await CheckAsync(answer);
    }

    public void Dispose() => _client.Dispose();

    private static async Task CheckAsync(HttpResponseMessage answer)
    {
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{answer.RequestMessage!.RequestUri}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }
}
