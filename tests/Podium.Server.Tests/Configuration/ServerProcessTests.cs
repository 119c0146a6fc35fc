using System.Diagnostics;

namespace Podium.Server.Tests.Configuration;

/// <summary>The program itself, started as somebody does.</summary>
public sealed class ServerProcessTests
{
    [Theory]
    [InlineData("--urls", "http://0.0.0.0:0", "PODIUM_ADMIN_TOKEN")]
    [InlineData("--runs", "/no/such/folder", "--runs: there is no folder '/no/such/folder'.")]
    [InlineData("--no-such-flag", "x", "--no-such-flag")]
    [InlineData("--config", "/no/such/file.json", "--config: there is no file")]
    public async Task Start_ToldWhatCannotBe_EndsWith2AndSaysSo(string flag, string value, string words)
    {
        using var data = new TemporaryFolder();

        var (code, error) = await RunAsync("--data", data.Path, flag, value);

        code.ShouldBe(2, error);
        error.ShouldContain(words);
    }

    private static async Task<(int Code, string Error)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "podium-server.dll"));
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var variable in start.Environment.Keys.Where(key => key.StartsWith("PODIUM_", StringComparison.Ordinal)).ToArray()) start.Environment.Remove(variable);
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = await process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, error + await output);
    }
}
