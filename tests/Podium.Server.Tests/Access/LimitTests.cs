using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Podium.Server.Access;
using Podium.Server.Tests.Material;

namespace Podium.Server.Tests.Access;

public sealed class LimitTests
{
    private const int TooManyRequests = 429;

    [Fact]
    public async Task Requests_BeyondTheRateOfAToken_AreToldToWaitAndOtherTokensAreNot()
    {
        await using var server = await RunningServer.StartAsync(options => options with { Limits = options.Limits with { RequestsPerSecond = 20 } });
        var viewer = await server.ClientOfAsync("viewer");

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => viewer.GetAsync("/api/session")));

        var refused = answers.Where(answer => (int)answer.StatusCode == TooManyRequests).ToArray();
        refused.ShouldNotBeEmpty();
        refused[0].Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        refused[0].Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        answers.Count(answer => answer.IsSuccessStatusCode).ShouldBeGreaterThanOrEqualTo(20);
        (await server.Client.GetAsync("/api/session")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task WrongTokens_OfOneAddress_AreStoppedWhileTokensInUseWorkOn()
    {
        await using var server = await RunningServer.StartAsync(options => options with { Limits = options.Limits with { FailedSignInsPerMinute = 5 } });
        (await server.Client.GetAsync("/api/session")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var notYetUsed = await server.ClientOfAsync("viewer");

        List<int> statuses = [];
        for (var i = 0; i < 8; i++) statuses.Add((int)(await server.ClientWith($"guess-{i}").GetAsync("/api/session")).StatusCode);

        statuses.ShouldBe([401, 401, 401, 401, 401, TooManyRequests, TooManyRequests, TooManyRequests]);
        (await notYetUsed.GetAsync("/api/session")).Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromMinutes(1));
        (await server.Client.GetAsync("/api/session")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await server.ClientWith(null).GetAsync("/health")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var browser = new Browser(server.Address);
        ((int)(await browser.SubmitAsync("/sign-in", ("token", RunningServer.AdminToken))).StatusCode).ShouldBe(TooManyRequests);
        // Another address behind a proxy is another address.
        using var other = new HttpRequestMessage(HttpMethod.Get, "/api/session");
        other.Headers.Add("X-Forwarded-For", "203.0.113.9");
        (await notYetUsed.SendAsync(other)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Body_ThatIsTooLarge_IsAProblem413(bool announced)
    {
        await using var server = await RunningServer.StartAsync(
            options => options with { Limits = options.Limits with { BodyBytes = 1000 } },
            map: app =>
            {
                app.MapPost("/t/larger", async (HttpRequest request) => (await new StreamReader(request.Body).ReadToEndAsync()).Length)
                    .WithMetadata(new RequestSizeLimit(5000));
            });

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/tokens") { Content = new StringContent($"{{\"name\":\"{new string('a', 2000)}\"}}", Encoding.UTF8, "application/json") };
        if (!announced) request.Headers.TransferEncodingChunked = true;
        using var answer = await server.Client.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await answer.Content.ReadAsStringAsync()).ShouldContain("\"error\":");
        (await (await server.Client.PostAsync("/t/larger", new StringContent(new string('a', 4000)))).Content.ReadFromJsonAsync<int>()).ShouldBe(4000);
    }

    [Theory]
    [InlineData("/health", false)]
    [InlineData("/sign-in", false)]
    [InlineData("/api/session", true)]
    [InlineData("/api/session", false)]
    [InlineData("/t/fails", true)]
    [InlineData("/nothing", true)]
    public async Task EveryAnswer_HasTheSecurityHeaders(string path, bool known)
    {
        await using var server = await RunningServer.StartAsync(map: app => app.MapGet("/t/fails", IResult () => throw new InvalidOperationException("on purpose")));

        using var answer = await (known ? server.Client : server.ClientWith(null)).GetAsync(path);

        Header("Content-Security-Policy").ShouldStartWith("default-src 'self'");
        Header("Content-Security-Policy").ShouldContain("frame-ancestors 'none'");
        Header("Content-Security-Policy").ShouldNotContain("unsafe");
        Header("X-Content-Type-Options").ShouldBe("nosniff");
        Header("Referrer-Policy").ShouldBe("no-referrer");
        Header("Cache-Control").ShouldContain("no-store");
        answer.Headers.Contains("Server").ShouldBeFalse();

        string Header(string name) => string.Join(", ", answer.Headers.GetValues(name));
    }

    [Fact]
    public async Task Fault_OfOurs_TellsNothingOfItself()
    {
        await using var server = await RunningServer.StartAsync(map: app => app.MapGet("/t/fails", IResult () => throw new InvalidOperationException("a password")));

        using var answer = await server.Client.GetAsync("/t/fails");

        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        var text = await answer.Content.ReadAsStringAsync();
        text.ShouldNotContain("a password");
        text.ShouldContain("\"error\":\"Something went wrong here; the log says what.\"");
    }
}
