using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Podium.Server.Configuration;
using Podium.Server.Tests.Material;

namespace Podium.Server.Tests.Access;

public sealed class SignInTests
{
    [Fact]
    public async Task Page_WithoutAToken_SendsABrowserToSignInAndBack()
    {
        await using var server = await RunningServer.StartAsync();
        using var browser = new Browser(server.Address);

        using var sent = await browser.GetAsync("/jobs/a?tab=1");
        sent.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var page = sent.Headers.Location!.OriginalString;
        page.ShouldBe("/sign-in?return=%2Fjobs%2Fa%3Ftab%3D1");

        using var signedIn = await browser.SubmitAsync(page, ("token", $" {RunningServer.AdminToken}\n"));
        signedIn.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        signedIn.Headers.Location!.OriginalString.ShouldBe("/jobs/a?tab=1");
        var cookie = signedIn.Headers.GetValues("Set-Cookie").Single(text => text.StartsWith("podium_session=", StringComparison.Ordinal));
        cookie.ShouldContain("httponly", Case.Insensitive);
        cookie.ShouldContain("samesite=lax", Case.Insensitive);
        cookie.ShouldContain("path=/;", Case.Insensitive);
        cookie.ShouldNotContain(RunningServer.AdminToken);
        cookie.ShouldNotContain("secure", Case.Insensitive);

        (await browser.GetAsync("/jobs/a")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await browser.GetAsync("/api/tokens")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task ReadyLink_Opened_SignsNobodyInUntilTheButtonIsPressed()
    {
        await using var server = await RunningServer.StartAsync();
        using var browser = new Browser(server.Address);
        var link = $"/sign-in?token={RunningServer.AdminToken}";

        using var page = await browser.GetAsync(link);
        page.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        page.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await page.Content.ReadAsStringAsync()).ShouldNotContain("<script");
        browser.Cookies.GetAllCookies().ShouldNotContain(cookie => cookie.Name == "podium_session");

        (await browser.SubmitAsync(link)).Headers.Location!.OriginalString.ShouldBe("/");
        (await browser.GetAsync("/api/session")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task SignIn_WithAWrongTokenOrAStrangePagesForm_IsRefused()
    {
        await using var server = await RunningServer.StartAsync();
        using var browser = new Browser(server.Address);

        using var wrong = await browser.SubmitAsync("/sign-in", ("token", "<b>wrong</b>"));
        wrong.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var text = await wrong.Content.ReadAsStringAsync();
        text.ShouldContain("role=\"alert\"");
        text.ShouldNotContain("<b>");

        using var strange = await browser.SubmitAsync("/sign-in", ("token", RunningServer.AdminToken), ("__RequestVerificationToken", "made-up"));
        strange.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await browser.GetAsync("/api/session")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Theory]
    [InlineData("/jobs", "/jobs")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("/\r\nSet-Cookie: a=b", "/")]
    [InlineData("jobs", "/")]
    [InlineData("/ü", "/")]
    [InlineData("", "/")]
    public async Task Return_ToAnotherServer_GoesToTheFrontPage(string back, string expected)
    {
        await using var server = await RunningServer.StartAsync();
        using var browser = new Browser(server.Address);

        using var answer = await browser.SubmitAsync($"/sign-in?return={Uri.EscapeDataString(back)}", ("token", RunningServer.AdminToken), ("return", back));

        answer.Headers.Location!.OriginalString.ShouldBe(expected);
    }

    [Fact]
    public async Task ChangeByCookie_WithoutTheSecondToken_IsRefused()
    {
        await using var server = await RunningServer.StartAsync();
        using var browser = new Browser(server.Address);
        await browser.SubmitAsync("/sign-in", ("token", RunningServer.AdminToken));

        (await ChangeAsync(null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await ChangeAsync("made-up")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        var session = await (await browser.GetAsync("/api/session")).Content.ReadFromJsonAsync<JsonElement>();
        session.GetProperty("name").GetString().ShouldBe("admin");
        (await ChangeAsync(session.GetProperty("csrf_token").GetString())).StatusCode.ShouldBe(HttpStatusCode.Created);
        // Who shows a token in a header needs none.
        (await server.Client.PostAsJsonAsync("/api/tokens", new { name = "bob", role = "viewer" })).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await server.GetAsync("/api/session")).GetProperty("csrf_token").ValueKind.ShouldBe(JsonValueKind.Null);

        Task<HttpResponseMessage> ChangeAsync(string? second)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "/api/tokens") { Content = JsonContent.Create(new { name = "alice", role = "viewer" }) };
            if (second is not null) request.Headers.Add("X-CSRF-Token", second);
            return browser.SendAsync(request);
        }
    }

    [Fact]
    public async Task SignOut_ByItsButton_TakesTheCookieAway()
    {
        await using var server = await RunningServer.StartAsync();
        using var browser = new Browser(server.Address);
        await browser.SubmitAsync("/sign-in", ("token", RunningServer.AdminToken));

        await browser.GetAsync("/sign-out");
        (await browser.GetAsync("/api/session")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await browser.SubmitAsync("/sign-out")).Headers.Location!.OriginalString.ShouldBe("/sign-in");
        (await browser.GetAsync("/api/session")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Cookie_OfARevokedToken_IsOutAtOnce()
    {
        await using var server = await RunningServer.StartAsync();
        using var browser = new Browser(server.Address);
        await browser.SubmitAsync("/sign-in", ("token", await server.SecretOfAsync("viewer")));
        (await browser.GetAsync("/api/session")).StatusCode.ShouldBe(HttpStatusCode.OK);

        await server.Client.DeleteAsync("/api/tokens/viewer");

        (await browser.GetAsync("/api/session")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Cookie_OfOneServer_IsReadByAnotherOnTheSameDatabase()
    {
        await using var first = await RunningServer.StartAsync();
        using var browser = new Browser(first.Address);
        await browser.SubmitAsync("/sign-in", ("token", RunningServer.AdminToken));

        var data = first.Services.GetRequiredService<ServerOptions>().Data;
        await using var second = await RunningServer.StartAsync(options => options with { Data = data });
        var client = second.ClientWith(null);
        client.DefaultRequestHeaders.Add("Cookie", browser.Cookies.GetCookieHeader(first.Address));

        (await client.GetAsync("/api/session")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/podium")]
    [InlineData("")]
    public async Task BelowAPrefix_SigningIn_StaysThere(string asked)
    {
        await using var server = await RunningServer.StartAsync(options => options with { PathBase = "/podium" });
        using var browser = new Browser(server.Address);

        // A proxy may leave the prefix on, or take it off.
        using var sent = await browser.GetAsync($"{asked}/jobs");
        sent.Headers.Location!.OriginalString.ShouldBe("/podium/sign-in?return=%2Fjobs");
        using var signedIn = await browser.SubmitAsync("/podium/sign-in?return=%2Fjobs", ("token", RunningServer.AdminToken));
        signedIn.Headers.Location!.OriginalString.ShouldBe("/podium/jobs");
        signedIn.Headers.GetValues("Set-Cookie").ShouldContain(cookie => cookie.Contains("path=/podium", StringComparison.OrdinalIgnoreCase));
        (await browser.GetAsync("/podium/api/session")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await server.Client.GetAsync("/podium/health")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Cookie_BehindAProxyThatSpeaksHttps_IsForHttpsAlone()
    {
        await using var server = await RunningServer.StartAsync();
        using var browser = new Browser(server.Address);
        var page = await browser.GetAsync("/sign-in");
        var form = await page.Content.ReadAsStringAsync();
        var forgery = form.Split("name=\"__RequestVerificationToken\" value=\"")[1].Split('"')[0];

        var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in") { Content = new FormUrlEncodedContent([new("token", RunningServer.AdminToken), new("__RequestVerificationToken", forgery)]) };
        request.Headers.Add("X-Forwarded-Proto", "https");
        using var answer = await browser.SendAsync(request);

        answer.Headers.GetValues("Set-Cookie").ShouldContain(cookie => cookie.StartsWith("podium_session=", StringComparison.Ordinal) && cookie.Contains("secure", StringComparison.OrdinalIgnoreCase));
    }
}
