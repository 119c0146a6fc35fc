using Podium.Cli.Tests.Material;

namespace Podium.Cli.Tests.Serving;

public sealed class ServeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Serve_Signal_StopsTheServerGracefullyAndEndsWithItsExitCode(string signal)
    {
        using var serve = await ServeProcess.StartAsync(Path.Combine(_folder.Path, "data"));
        using var http = new HttpClient();
        (await http.GetStringAsync(new Uri($"{serve.Url}/health"), TestContext.Current.CancellationToken)).ShouldContain("ok");

        await serve.SignalAsync(signal);

        (await serve.EndAsync()).ShouldBe(0);
        serve.Printed.ShouldContain("Application is shutting down");
        await Should.ThrowAsync<HttpRequestException>(() => http.GetStringAsync(new Uri($"{serve.Url}/health"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Serve_Killed_LeavesNoServerBehind()
    {
        using var serve = await ServeProcess.StartAsync(Path.Combine(_folder.Path, "data"));

        await serve.SignalAsync("KILL");

        (await serve.EndAsync()).ShouldNotBe(0);
        using var http = new HttpClient();
        await Should.ThrowAsync<HttpRequestException>(() => http.GetStringAsync(new Uri($"{serve.Url}/health"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Serve_ServerOnPath_GetsEveryWordAsItWasTypedAndItsExitCodeIsOurs()
    {
        var program = _folder.Write("podium-server", "#!/bin/sh\nprintf '[%s]\\n' \"$@\"\necho words >&2\nexit 7\n");
        (await ProcessRun.StartAsync("chmod", ["+x", program])).ShouldExitWith(0);

        var run = await PodiumProcess.RunAsync(
            ["serve", "--runs", "/a b", "/c", "--something-newer", "ö", "--strategy", "eval-loss", "--database", ""],
            _folder.Path,
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["PATH"] = $"{_folder.Path}:/usr/bin:/bin" });

        run.ShouldExitWith(7).Output.Lines().ShouldBe(["[--runs]", "[/a b]", "[/c]", "[--something-newer]", "[ö]", "[--strategy]", "[eval-loss]", "[--database]", "[]"]);
        run.Error.ShouldBe("words\n");
    }

    [Fact]
    public async Task Serve_WhatTheServerRefuses_ExitsWith2AndSaysIt() =>
        (await PodiumProcess.RunAsync("serve", "--data", Path.Combine(_folder.Path, "data"), "--runs", "/no/such/folder")).ShouldExitWith(2).Error.ShouldContain("--runs: there is no folder '/no/such/folder'");

    [Fact]
    public async Task Serve_Help_NamesEveryOptionThatTheServerHas()
    {
        var help = (await PodiumProcess.RunAsync("serve", "--help")).ShouldExitWith(0).Output;

        // The server tells its own help where an option of podium's is not in the way.
        var own = (await PodiumProcess.RunAsync("serve", "--", "--help")).ShouldExitWith(0).Output;
        var options = own.Lines().Select(line => line.TrimStart().Split(' ')[0]).Where(word => word.StartsWith("--", StringComparison.Ordinal) && word is not "--version").ToArray();
        options.Length.ShouldBeGreaterThan(5);
        options.ShouldAllBe(option => help.Contains($"{option} ", StringComparison.Ordinal));
    }
}
