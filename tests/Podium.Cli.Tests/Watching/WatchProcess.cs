using System.Diagnostics;
using System.Text;

namespace Podium.Cli.Tests.Watching;

/// <summary>A <c>podium watch</c> that runs beside the test.</summary>
internal sealed class WatchProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly Lock _lock = new();
    private readonly Task _readers;

    private WatchProcess(Process process)
    {
        _process = process;
        _readers = Task.WhenAll(ReadAsync(process.StandardOutput, _output), ReadAsync(process.StandardError, _error));
    }

    public string Output
    {
        get
        {
            lock (_lock) return _output.ToString();
        }
    }

    public string Error
    {
        get
        {
            lock (_lock) return _error.ToString();
        }
    }

    public static WatchProcess Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(PodiumProcess.Executable, ["watch", .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var variable in start.Environment.Keys.Where(name => name.StartsWith("PODIUM_", StringComparison.Ordinal) || name is "CLICOLOR_FORCE").ToArray()) start.Environment.Remove(variable);
        return new WatchProcess(Process.Start(start)!);
    }

    /// <summary>Waits until something is so; where it does not come to be, the test fails with all that was printed.</summary>
    public async Task UntilAsync(Func<bool> isSo, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!isSo())
        {
            if (watch.Elapsed > Patience) throw new TimeoutException($"Waited in vain for: {what}\n--- stdout\n{Output}\n--- stderr\n{Error}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public Task UntilPrintedAsync(string text) => UntilAsync(() => Output.Contains(text, StringComparison.Ordinal), text);

    public async Task SignalAsync(string signal) => (await ProcessRun.StartAsync("kill", [$"-{signal}", _process.Id.ToString()])).ShouldExitWith(0);

    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        await _readers;
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    private async Task ReadAsync(StreamReader reader, StringBuilder text)
    {
        var buffer = new char[4096];
        while (await reader.ReadAsync(buffer) is > 0 and var read)
            lock (_lock)
                text.Append(buffer, 0, read);
    }
}
