using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Podium.Cli.Serving;

/// <summary>Lets another program take podium's place.</summary>
internal static class ServerProcess
{
    /// <summary>Runs a program to its end, with podium's terminal, environment and folder.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="IOException">It cannot be started.</exception>
    /// <remarks>
    /// Where the system can, the program takes over the process itself: signals reach it without our help, whoever started podium sees
    /// its exit code, and no server lives on when podium is killed.
    /// </remarks>
    public static int Run(string program, IReadOnlyList<string> arguments)
    {
        if (OperatingSystem.IsWindows()) return RunBeside(program, arguments);

        // They are never freed: it only comes back where it failed, and then the process ends.
        nint[] words = [.. arguments.Prepend(program).Select(Marshal.StringToCoTaskMemUTF8), nint.Zero];
        _ = Replace(words[0], words);
        throw new IOException($"'{program}' cannot be started: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    private static int RunBeside(string program, IReadOnlyList<string> arguments)
    {
        // Ctrl-C reaches every program of a console: it ends the server, and podium waits to say how.
        Console.CancelKeyPress += static (_, pressed) => pressed.Cancel = true;
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false }) ?? throw new IOException($"'{program}' cannot be started.");
        process.WaitForExit();
        return process.ExitCode;
    }

    [DllImport("libc", EntryPoint = "execv", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Replace(nint path, nint[] arguments);
}
