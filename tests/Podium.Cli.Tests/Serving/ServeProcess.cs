using System.Diagnostics;
using System.Text;

namespace Podium.Cli.Tests.Serving;

/// <summary>A <c>podium serve</c> that runs beside the test, with a data folder of its own, on a free port of this machine.</summary>
internal sealed class ServeProcess : IDisposable
{
    /// <summary>The administrator's token of every test's server.</summary>
    public const string AdminToken = "test-admin-token-0123456789";

    private const string Listening = "Now listening on: ";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly StringBuilder _printed = new();
    private readonly Lock _lock = new();
    private readonly Task _readers;

    private ServeProcess(Process process)
    {
        _process = process;
        _readers = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

    /// <summary>Its process, which is the server's own where the system can.</summary>
    public int Id => _process.Id;

    /// <summary>All that it printed.</summary>
    public string Printed
    {
        get
        {
            lock (_lock) return _printed.ToString();
        }
    }

    /// <summary>Where it listens.</summary>
    public string Url { get; private set; } = "";

    /// <summary>Starts one, and waits until it listens.</summary>
    /// <param name="data">Its data folder.</param>
    /// <param name="arguments">Other arguments than those for data and address.</param>
    public static Task<ServeProcess> StartAsync(string data, params string[] arguments) => StartFromAsync(PodiumProcess.Executable, data, arguments);

    /// <summary>Starts one by another podium than the one that was built with the tests.</summary>
    /// <param name="podium">Its path.</param>
    /// <param name="data">The data folder.</param>
    /// <param name="arguments">Other arguments than those for data and address.</param>
    public static async Task<ServeProcess> StartFromAsync(string podium, string data, params string[] arguments)
    {
        var start = new ProcessStartInfo(podium, ["serve", "--data", data, "--urls", "http://127.0.0.1:0", .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var variable in start.Environment.Keys.Where(name => name.StartsWith("PODIUM_", StringComparison.Ordinal)).ToArray()) start.Environment.Remove(variable);
        start.Environment["PODIUM_ADMIN_TOKEN"] = AdminToken;
        var serve = new ServeProcess(Process.Start(start)!);
        await serve.UntilItListensAsync();
        return serve;
    }

    public async Task SignalAsync(string signal) => (await ProcessRun.StartAsync("kill", [$"-{signal}", $"{Id}"])).ShouldExitWith(0);

    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        await _readers;
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task UntilItListensAsync()
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var line = Printed.Split('\n').SkipLast(1).FirstOrDefault(line => line.Contains(Listening, StringComparison.Ordinal));
            if (line is not null)
            {
                Url = line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..].Trim();
                return;
            }

            if (_process.HasExited || watch.Elapsed > Patience)
            {
                Dispose();
                throw new InvalidOperationException($"podium serve did not come to listen:\n{Printed}");
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    private async Task ReadAsync(StreamReader reader)
    {
        var buffer = new char[4096];
        while (await reader.ReadAsync(buffer) is > 0 and var read)
            lock (_lock)
                _printed.Append(buffer, 0, read);
    }
}
