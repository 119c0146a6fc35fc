using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Podium.Server.Tests.Access;
using Podium.Server.Tests.Material;
using Podium.Storage.Tokens;

namespace Podium.Server.Tests.Live;

/// <summary>A stream was let in once; it ends when whoever watches would not be let in any more.</summary>
public sealed class LiveAccessTests
{
    private const string Stream = "/api/training/local/a/stream";
    private static readonly TimeSpan Seconds = TimeSpan.FromSeconds(12);

    [Fact]
    public async Task Stream_TokenIsRevoked_EndsWithinSeconds()
    {
        await using var server = await StartAsync();
        using var watched = await WatchAsync(await server.ClientOfAsync("viewer"));
        using var other = await WatchAsync(server.Client);

        (await server.Client.DeleteAsync("/api/tokens/viewer", TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();

        await ShouldEndAsync(watched);
        // And no other does.
        await Should.ThrowAsync<TimeoutException>(() => other.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(3)));
    }

    [Fact]
    public async Task Stream_JobTokenIsRevokedAtAnotherServer_EndsWithinSeconds()
    {
        using var database = TestPostgres.Make();
        await using var one = await StartAsync(database);
        await using var another = await StartAsync(database);
        var made = await (await one.PostAsync("/api/tokens", new { name = "trainer", role = "job", job_id = "a" })).Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        using var watched = await WatchAsync(one.ClientWith(made.GetProperty("token").GetString()));

        (await another.Client.DeleteAsync("/api/tokens/trainer", TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();

        await ShouldEndAsync(watched);
    }

    [Fact]
    public async Task Stream_TokenExpires_EndsWithinSeconds()
    {
        await using var server = await StartAsync();
        var secret = await server.Storage.Tokens.AddAsync(new TokenRow { Name = "short", Role = TokenRole.Viewer, ExpiresAt = TimeProvider.System.GetUtcNow().AddSeconds(3).ToUnixTimeMilliseconds() });
        using var watched = await WatchAsync(server.ClientWith(secret));
        await ShouldEndAsync(watched);
    }

    [Fact]
    public async Task Stream_OfASignedInBrowserWhoseTokenIsRevoked_EndsWithinSeconds()
    {
        await using var server = await StartAsync();
        using var browser = new Browser(server.Address);
        await browser.SubmitAsync("/sign-in", ("token", await server.SecretOfAsync("viewer")));
        using var client = new HttpClient(new SocketsHttpHandler { CookieContainer = browser.Cookies }) { BaseAddress = server.Address };
        using var watched = await WatchAsync(client);

        (await server.Client.DeleteAsync("/api/tokens/viewer", TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();

        await ShouldEndAsync(watched);
    }

    private static async Task<RunningServer> StartAsync(TestPostgres? database = null)
    {
        var server = await RunningServer.StartAsync(options => options with { Database = database?.Connection });
        await server.PostAsync("/api/training/local/jobs", new { job_id = "a" });
        return server;
    }

    private static async Task<StreamReader> WatchAsync(HttpClient client)
    {
        var answer = await client.GetAsync(Stream, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        (await reader.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldNotBeNull();
        return reader;
    }

    private static async Task ShouldEndAsync(StreamReader watched)
    {
        var began = Stopwatch.GetTimestamp();
        await watched.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(Seconds, TestContext.Current.CancellationToken);
        Stopwatch.GetElapsedTime(began).ShouldBeLessThan(Seconds);
    }
}
