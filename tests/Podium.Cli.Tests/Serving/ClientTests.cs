using System.Net;
using System.Net.Sockets;

namespace Podium.Cli.Tests.Serving;

public sealed class ClientTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Client_NothingListens_ExitsWith1AndSaysHowToStartOne()
    {
        var run = (await RunAsync($"http://127.0.0.1:{FreePort()}", ServeProcess.AdminToken)).ShouldExitWith(1);

        run.Output.ShouldBeEmpty();
        run.Error.ShouldContain("Nothing listens at http://127.0.0.1:");
        run.Error.ShouldContain("podium serve");
        run.Error.ShouldContain("PODIUM_URL");
    }

    [Fact]
    public async Task Client_NoToken_ExitsWith1AndNamesPodiumToken()
    {
        var run = (await RunAsync(server.Url, null)).ShouldExitWith(1);

        run.Error.ShouldContain("needs a token: set PODIUM_TOKEN");
    }

    [Fact]
    public async Task Client_WrongToken_ExitsWith1AndDoesNotRepeatIt()
    {
        var run = (await RunAsync(server.Url, "wrong-secret-0123456789")).ShouldExitWith(1);

        run.Error.ShouldContain("does not take the token in PODIUM_TOKEN");
        run.Error.ShouldNotContain("wrong-secret");
    }

    [Fact]
    public async Task Client_TokenWithItsLineEnd_IsTaken() => (await RunAsync(server.Url, $"{ServeProcess.AdminToken}\n")).ShouldExitWith(0);

    [Theory]
    [InlineData("not an address", "PODIUM_URL")]
    [InlineData("ftp://somewhere", "PODIUM_URL")]
    public async Task Client_WrongUrl_ExitsWith2(string url, string says) => (await RunAsync(url, null)).ShouldExitWith(2).Error.ShouldContain(says);

    [Fact]
    public async Task Client_TokenThatCanBeNone_ExitsWith2AndDoesNotRepeatIt() => (await RunAsync(server.Url, "a secret")).ShouldExitWith(2).Error.ShouldNotContain("a secret");

    [Fact]
    public async Task Client_PathThatTheServerDoesNotServe_SaysThatThereIsNothing() =>
        (await RunAsync($"{server.Url}/elsewhere/", ServeProcess.AdminToken)).ShouldExitWith(1).Error.ShouldContain("There is nothing at this address");

    [Fact]
    public async Task Client_ProxyForAll_IsNotAskedForThisMachine() =>
        (await PodiumProcess.RunAsync(["jobs"], null, new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["PODIUM_URL"] = server.Url,
            ["PODIUM_TOKEN"] = ServeProcess.AdminToken,
            ["http_proxy"] = $"http://127.0.0.1:{FreePort()}",
        })).ShouldExitWith(0);

    private static Task<ProcessRun> RunAsync(string url, string? token) =>
        PodiumProcess.RunAsync(["jobs"], null, new Dictionary<string, string?>(StringComparer.Ordinal) { ["PODIUM_URL"] = url, ["PODIUM_TOKEN"] = token });

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
