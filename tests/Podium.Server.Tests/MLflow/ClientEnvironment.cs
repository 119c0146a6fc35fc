using System.Diagnostics;

namespace Podium.Server.Tests.MLflow;

/// <summary>The real clients of MLflow and OpenAI, in a Python environment of their own that ../shared/tools sets up.</summary>
internal static class ClientEnvironment
{
    private static readonly Lazy<string> Python = new(Make);

    /// <summary>Runs a script, and fails the test where it fails.</summary>
    /// <returns>What it printed.</returns>
    public static async Task<string> RunAsync(string script, params (string Name, string Value)[] variables)
    {
        SharedMaterial.Require("tools/python-clients.sh");
        if (OperatingSystem.IsWindows()) Assert.Skip("needs a Unix shell");
        using var folder = new TemporaryFolder();
        return await RunAsync(Python.Value, [folder.Write("script.py", script)], folder.Path, variables);
    }

    private static string Make()
    {
        var environment = Path.Combine(Checkout.Root, "artifacts", "client-environment");
        if (!File.Exists(Path.Combine(environment, "ready")))
        {
            RunAsync("bash", [SharedMaterial.Require("tools/python-clients.sh"), environment], Checkout.Root, []).GetAwaiter().GetResult();
            File.WriteAllText(Path.Combine(environment, "ready"), "");
        }

        return Path.Combine(environment, "bin", "python");
    }

    private static async Task<string> RunAsync(string program, string[] arguments, string folder, (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in variables) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await error + await output);
        return await output;
    }
}
