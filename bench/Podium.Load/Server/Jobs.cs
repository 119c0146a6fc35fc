using System.Text.Json;
using Podium.Load.Client;

namespace Podium.Load.Server;

/// <summary>Makes what is reported to.</summary>
internal static class Jobs
{
    /// <summary>Makes jobs.</summary>
    public static async Task<string[]> MakeAsync(Uri server, string name, int count)
    {
        string[] jobs = [.. Enumerable.Range(1, count).Select(number => $"{name}-{number}")];
        foreach (var job in jobs) await AskAsync(server, ServerProcess.Token, "POST", "/api/training/local/jobs", $"{{\"job_id\":\"{job}\"}}");
        return jobs;
    }

    /// <summary>Opens runs by the MLflow protocol, of ours or of the original.</summary>
    public static async Task<string[]> OpenRunsAsync(Uri server, string? token, int count)
    {
        var runs = new string[count];
        for (var i = 0; i < count; i++)
        {
            using var answer = JsonDocument.Parse(await AskAsync(server, token, "POST", "/api/2.0/mlflow/runs/create", "{\"experiment_id\":\"0\",\"start_time\":1767225600000}"));
            runs[i] = answer.RootElement.GetProperty("run").GetProperty("info").GetProperty("run_id").GetString()!;
        }

        return runs;
    }

    /// <summary>One request by a connection of its own.</summary>
    public static async Task<byte[]> AskAsync(Uri server, string? token, string method, string path, string body = "")
    {
        using var line = new HttpLine(server);
        return (await line.SendAsync(Message.Of(server, token, method, path, body).Bytes)).ToArray();
    }
}
