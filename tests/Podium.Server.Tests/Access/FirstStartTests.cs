using System.Net;
using System.Runtime.Versioning;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Podium.Server.Configuration;
using Podium.Server.Tests.Material;
using Podium.Storage;
using Podium.Storage.Databases;
using Podium.Storage.Tokens;

namespace Podium.Server.Tests.Access;

public sealed class FirstStartTests
{
    [Fact]
    public async Task FirstStart_ShowsATokenOnceWithALinkThatSignsIn()
    {
        using var data = new TemporaryFolder();
        using var first = new StringWriter();
        using var second = new StringWriter();
        string secret;
        await using (var server = await StartAsync(data, first))
        {
            var link = first.ToString().Split("Sign in: ")[1].Trim();
            link.ShouldStartWith($"{server.Address.ToString().TrimEnd('/')}/podium/sign-in?token=podium_");
            secret = link.Split("token=")[1];
            using var browser = new Browser(server.Address);
            (await browser.SubmitAsync(new Uri(link).PathAndQuery)).Headers.Location!.OriginalString.ShouldBe("/podium/");
            (await (await browser.GetAsync("/podium/")).Content.ReadAsStringAsync()).ShouldContain("<title>Jobs · Podium</title>");
            (await browser.GetAsync("/podium/api/tokens")).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        await using (var server = await StartAsync(data, second))
        {
            second.ToString().ShouldBeEmpty();
            (await server.ClientWith(secret).GetAsync("/api/tokens")).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task FirstStart_WithoutATerminal_WritesTheTokenToAFileForItsOwnerAlone()
    {
        using var data = new TemporaryFolder();
        await using var server = await RunningServer.StartAsync(options => options with { Data = data.Path, AdminToken = null }, builder => builder.Services.RemoveAll<TextWriter>());
        var file = Path.Combine(data.Path, "admin-token");

        File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await server.ClientWith(File.ReadAllText(file).Trim()).GetAsync("/api/tokens")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(false, true, true)]
    [InlineData(true, false, true)]
    public async Task Binding_OtherThanLoopback_NeedsAnAdministrator(bool isSet, bool wasMade, bool isAllowed)
    {
        using var data = new TemporaryFolder();
        var options = new ServerOptions { Data = data.Path, Urls = "http://0.0.0.0:0", AdminToken = isSet ? RunningServer.AdminToken : null };
        if (wasMade)
        {
            await using var storage = PodiumStorage.Open(new SqliteDatabase(Path.Combine(data.Path, "podium.db")));
            await storage.Tokens.AddAsync(new TokenRow { Name = "carol", Role = TokenRole.Admin });
        }

        await using var app = PodiumServer.Create(options);
        var fault = await Podium.Server.Access.Binding.FaultAsync(app, options, default);

        (fault is null).ShouldBe(isAllowed);
        if (fault is not null) fault.ShouldContain("PODIUM_ADMIN_TOKEN");
    }

    private static Task<RunningServer> StartAsync(TemporaryFolder data, StringWriter terminal) => RunningServer.StartAsync(
        options => options with { Data = data.Path, AdminToken = null, PathBase = "/podium" },
        builder => builder.Services.AddSingleton<TextWriter>(terminal));
}
