using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Podium.Server.Tests.Operations;

/// <summary>The program itself, told of a collector and then to end.</summary>
public sealed class TelemetryTests
{
    private const string Token = "telemetry-secret-token-0123456789";

    [Fact]
    public async Task Server_ToldOfACollector_SendsBothSignalsAndEndsInTime()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("needs signals");
        var cancellation = TestContext.Current.CancellationToken;
        ConcurrentQueue<(string Path, string Body)> received = [];
        await using var collector = await CollectAsync(received);
        using var data = new TemporaryFolder();
        using var process = Start(data.Path, collector.Urls.Single());
        var address = await AddressAsync(process, cancellation);
        _ = process.StandardOutput.ReadToEndAsync(cancellation);
        using var client = new HttpClient { BaseAddress = address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        (await client.PostAsync("/api/training/local/jobs", Json("""{"job_id": "a"}"""), cancellation)).EnsureSuccessStatusCode();
        (await client.PostAsync("/api/training/local/metrics", Json("""{"job_id": "a", "metrics": [{"step": 1, "loss": 2}]}"""), cancellation)).EnsureSuccessStatusCode();
        (await client.GetAsync("/api/training/checkpoints/a", cancellation)).EnsureSuccessStatusCode();
        (await client.GetAsync($"/sign-in?token={Token}", cancellation)).EnsureSuccessStatusCode();

        // Somebody watches still: that must not hold the end up.
        using var watching = await client.GetAsync("/api/training/local/a/stream", HttpCompletionOption.ResponseHeadersRead, cancellation);
        var asked = Stopwatch.GetTimestamp();
        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"])) await kill.WaitForExitAsync(cancellation);
        await process.WaitForExitAsync(cancellation);

        process.ExitCode.ShouldBe(0);
        Stopwatch.GetElapsedTime(asked).ShouldBeLessThan(TimeSpan.FromSeconds(20));
        var metrics = string.Concat(received.Where(one => one.Path == "/v1/metrics").Select(one => one.Body));
        foreach (var name in (string[])["podium.reports", "podium.points", "podium.commit.duration", "podium.listing.duration", "podium-server"]) metrics.ShouldContain(name);
        var traces = string.Concat(received.Where(one => one.Path == "/v1/traces").Select(one => one.Body));
        traces.ShouldContain("/api/training/local/metrics");
        (metrics + traces).ShouldNotContain(Token);
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static async Task<WebApplication> CollectAsync(ConcurrentQueue<(string, string)> received)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = builder.Build();
        collector.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body, Encoding.Latin1);
            received.Enqueue((context.Request.Path.Value!, await reader.ReadToEndAsync(context.RequestAborted)));
        });
        await collector.StartAsync(TestContext.Current.CancellationToken);
        return collector;
    }

    private static Process Start(string data, string collector)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "podium-server.dll"), "--data", data, "--urls", "http://127.0.0.1:0"]) { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var variable in start.Environment.Keys.Where(key => key.StartsWith("PODIUM_", StringComparison.Ordinal)).ToArray()) start.Environment.Remove(variable);
        start.Environment["PODIUM_ADMIN_TOKEN"] = Token;
        start.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector;
        start.Environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        // The address it took stands in a line of the framework's.
        start.Environment["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information";
        return Process.Start(start)!;
    }

    private static async Task<Uri> AddressAsync(Process process, CancellationToken cancellation)
    {
        const string Words = "Now listening on: ";
        while (await process.StandardOutput.ReadLineAsync(cancellation) is { } line)
            if (line.IndexOf(Words, StringComparison.Ordinal) is >= 0 and var at)
                return new Uri(line[(at + Words.Length)..].Trim());
        throw new InvalidOperationException("The server ended before it listened.");
    }
}
