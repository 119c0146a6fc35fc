using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Podium.Cli.Tests;

/// <summary>What a process that ended left behind.</summary>
/// <param name="Command">What was started, for messages.</param>
/// <param name="ExitCode">Its exit code; 128 + n where signal n ended it.</param>
/// <param name="Output">All of its standard output.</param>
/// <param name="Error">All of its standard error.</param>
internal sealed record ProcessRun(string Command, int ExitCode, string Output, string Error)
{
    /// <summary>How long a process may take where a test names no other limit: enough for a busy machine with two cores.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(2);

    /// <summary>Fails the test, showing what the process printed, unless it ended with <paramref name="exitCode"/>.</summary>
    public ProcessRun ShouldExitWith(int exitCode)
    {
        ExitCode.ShouldBe(exitCode, Describe());
        return this;
    }

    /// <summary>The command and everything it printed.</summary>
    public string Describe() => $"{Command}\nexit code {ExitCode}\n--- stdout\n{Output}\n--- stderr\n{Error}";

    /// <summary>Starts a program, gives it <paramref name="input"/> and waits for its end.</summary>
    /// <param name="program">A path, or a name on PATH.</param>
    /// <param name="arguments">Passed as they stand; no shell sees them.</param>
    /// <param name="workingDirectory">The test's own where it is null.</param>
    /// <param name="environment">Set on top of the test's own; a null value takes a variable away.</param>
    /// <param name="input">Its standard input, UTF-8; null is an empty one.</param>
    /// <param name="timeout">After this the process and its children are killed; null is <see cref="DefaultTimeout"/>.</param>
    /// <exception cref="TimeoutException">It did not end in time. The message has what it had printed.</exception>
    public static async Task<ProcessRun> StartAsync(
        string program,
        IEnumerable<string> arguments,
        string? workingDirectory = null,
        IReadOnlyDictionary<string, string?>? environment = null,
        string? input = null,
        TimeSpan? timeout = null)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = workingDirectory ?? "",
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = utf8,
            StandardOutputEncoding = utf8,
            StandardErrorEncoding = utf8,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
            start.Environment[name] = value;

        var command = string.Join(' ', start.ArgumentList.Prepend(program));
        using var process = new Process { StartInfo = start };
        process.Start();

        // Both pipes are read while it runs: a process that fills one and is not read waits for ever.
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var given = GiveInputAsync(process, input);

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(timeout ?? DefaultTimeout);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException tooLate)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            throw new TimeoutException($"{command}\nwas killed after {timeout ?? DefaultTimeout}\n--- stdout\n{await output}\n--- stderr\n{await error}", tooLate);
        }

        await given;
        return new ProcessRun(command, process.ExitCode, await output, await error);
    }

    /// <summary>Whether a program can be started at all and ends well, for tests that skip where it can't.</summary>
    public static async Task<bool> WorksAsync(string program, params string[] arguments)
    {
        try
        {
            return (await StartAsync(program, arguments)).ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static async Task GiveInputAsync(Process process, string? input)
    {
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended, or closed its input, before it had read all: its own right.
        }
    }
}
