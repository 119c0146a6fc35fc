using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Podium.Server.Tests.MLflow;

/// <summary>Calls of the MLflow protocol, made by hand.</summary>
internal sealed class MLflowClient(HttpClient http)
{
    private const string Base = "/api/2.0/mlflow";

    public static MLflowClient Of(Material.RunningServer server) => new(server.Client);

    public async Task<(HttpStatusCode Status, JsonElement Answer)> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path.StartsWith("/api", StringComparison.Ordinal) ? path : $"{Base}/{path}");
        if (body is not null) request.Content = body as HttpContent ?? (body is string text ? new StringContent(text, Encoding.UTF8, "application/json") : JsonContent.Create(body));
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var answer = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (response.StatusCode, answer.StartsWith('{') ? JsonElement.Parse(answer) : default);
    }

    /// <summary>Makes a call that must succeed.</summary>
    public async Task<JsonElement> PostAsync(string path, object body)
    {
        var (status, answer) = await SendAsync(HttpMethod.Post, path, body);
        status.ShouldBe(HttpStatusCode.OK, answer.ToString());
        return answer;
    }

    /// <summary>Makes a call that must succeed.</summary>
    public async Task<JsonElement> GetAsync(string path)
    {
        var (status, answer) = await SendAsync(HttpMethod.Get, path);
        status.ShouldBe(HttpStatusCode.OK, answer.ToString());
        return answer;
    }

    /// <summary>Makes a call that must be refused.</summary>
    /// <returns>The message.</returns>
    public async Task<string> RefusedAsync(string path, object body, string code = "INVALID_PARAMETER_VALUE", HttpStatusCode status = HttpStatusCode.BadRequest)
    {
        var (given, answer) = await SendAsync(HttpMethod.Post, path, body);
        given.ShouldBe(status, answer.ToString());
        answer.GetProperty("error_code").GetString().ShouldBe(code);
        return answer.GetProperty("message").GetString()!;
    }

    /// <summary>Makes a run and says its id.</summary>
    public async Task<string> RunAsync(string? name = null, string experiment = "0")
    {
        var made = await PostAsync("runs/create", new { experiment_id = experiment, run_name = name, start_time = 1_700_000_000_000 });
        return made.GetProperty("run").GetProperty("info").GetProperty("run_id").GetString()!;
    }

    public async Task<JsonElement> ReadAsync(string run) => (await GetAsync($"runs/get?run_id={run}")).GetProperty("run");

    /// <summary>The values of a metric, in the order in which they came.</summary>
    public async Task<double[]> HistoryAsync(string run, string key)
    {
        var answer = await GetAsync($"metrics/get-history?run_id={run}&metric_key={Uri.EscapeDataString(key)}");
        return answer.TryGetProperty("metrics", out var metrics) ? [.. metrics.EnumerateArray().Select(metric => NumberOf(metric.GetProperty("value")))] : [];
    }

    public static double NumberOf(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : value.GetString() switch
    {
        "NaN" => double.NaN,
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        var other => throw new InvalidDataException(other),
    };

    public static object Metric(string key, object value, long step, long timestamp = 1) => new { key, value, step, timestamp };
}
