using System.Diagnostics;

namespace Podium.Server.Tests.Durability;

/// <summary>Programs that a test runs.</summary>
internal static class Commands
{
    /// <summary>Runs a program.</summary>
    /// <returns>Its exit code and what it wrote to its output; 127 where there is no such program.</returns>
    public static async Task<(int Code, string Output)> RunAsync(string program, params string[] arguments)
    {
        try
        {
            // Errors are not read: a daemon that a program leaves behind may hold that pipe open for ever.
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true })!;
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, output.Trim());
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (127, "");
        }
    }
}
