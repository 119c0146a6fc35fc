using System.ComponentModel;
using System.Diagnostics;

namespace Podium.Server.Tests.Material;

/// <summary>Node's package manager; where there is none, the test is skipped.</summary>
internal static class Npm
{
    /// <summary>Runs it in a folder.</summary>
    /// <returns>Its exit code, and what it said.</returns>
    public static async Task<(int Code, string Words)> RunAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("npm", arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            limit.CancelAfter(TimeSpan.FromMinutes(3));
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output + await error);
        }
        catch (Win32Exception)
        {
            Assert.Skip("needs Node.js with npm");
            throw;
        }
    }
}
