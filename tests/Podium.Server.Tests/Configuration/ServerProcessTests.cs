using System.Diagnostics;
using System.Runtime.Versioning;

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

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Start_InANewFolder_KeepsItForItsUserAndPrintsNoSecret()
    {
        using var place = new TemporaryFolder();
        var data = Path.Combine(place.Path, "data");
        using var process = Process.Start(StartOf("--data", data, "--urls", "http://127.0.0.1:0"))!;
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            var output = "";
            while (!output.Contains("Now listening", StringComparison.Ordinal) || !output.Contains("admin-token", StringComparison.Ordinal))
                output += await process.StandardOutput.ReadLineAsync(limit.Token) ?? throw new InvalidOperationException($"It has ended: {output}");

            File.GetUnixFileMode(data).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            foreach (var file in Directory.GetFiles(data)) File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
            var secret = File.ReadAllText(Path.Combine(data, "admin-token")).Trim();
            secret.ShouldStartWith("podium_");
            output.ShouldNotContain(secret);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    [Fact]
    public async Task Start_WithTheJsonFormatter_LogsLinesOfJson()
    {
        using var data = new TemporaryFolder();
        var start = StartOf("--data", data.Path, "--urls", "http://127.0.0.1:0");
        start.Environment["Logging__Console__FormatterName"] = "json";
        using var process = Process.Start(start)!;
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            var line = await process.StandardOutput.ReadLineAsync(limit.Token);
            System.Text.Json.JsonElement.Parse(line!).GetProperty("Category").GetString().ShouldNotBeNullOrEmpty();
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    [Fact]
    public async Task Start_WhereAnotherServerRuns_EndsWith1AndSaysSo()
    {
        using var data = new TemporaryFolder();
        using var other = new TemporaryFolder();
        await using var first = new ServerProcess(data.Path);
        await first.StartAsync();

        var (code, error) = await RunAsync("--data", data.Path, "--urls", "http://127.0.0.1:0");
        code.ShouldBe(1, error);
        error.ShouldBe($"error: --data: another podium-server runs on '{data.Path}'. Stop it, or give this one a folder of its own; several servers on the same jobs take a PostgreSQL (--database).\n");

        (code, error) = await RunAsync("--data", other.Path, "--urls", first.Client.BaseAddress!.ToString());
        code.ShouldBe(1, error);
        error.ShouldStartWith("error: --urls: another program listens at ");
        error.Split('\n').Length.ShouldBe(2, error);
    }

    private static ProcessStartInfo StartOf(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "podium-server.dll"), .. arguments]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var variable in start.Environment.Keys.Where(key => key.StartsWith("PODIUM_", StringComparison.Ordinal) || key.StartsWith("Logging__", StringComparison.OrdinalIgnoreCase)).ToArray()) start.Environment.Remove(variable);
        return start;
    }

    private static async Task<(int Code, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(StartOf(arguments))!;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = await process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, error + await output);
    }
}
