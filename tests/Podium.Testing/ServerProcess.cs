using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Podium.Testing;

/// <summary>The server as a process of its own, which can be killed and started again on the same data and port.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    /// <summary>The administrator's token of every test's server.</summary>
    public const string AdminToken = "test-admin-token-0123456789";

    private readonly string _data;
    private readonly string? _database;
    private readonly string[] _tracer;
    private Process? _process;

    /// <param name="data">Its data folder.</param>
    /// <param name="database">A PostgreSQL connection; null: SQLite in the data folder.</param>
    /// <param name="tracer">A program, with its arguments, that starts it.</param>
    public ServerProcess(string data, string? database = null, params string[] tracer)
    {
        _data = data;
        _database = database;
        _tracer = tracer;
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)socket.LocalEndPoint!).Port}");
        Client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
        Client.DefaultRequestHeaders.Authorization = new("Bearer", AdminToken);
    }

    /// <summary>A client with the administrator's token.</summary>
    public HttpClient Client { get; }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>How it is started: the server that lies beside the tests, unless another is named.</summary>
    public string[] Program { get; init; } = ["dotnet", Path.Combine(AppContext.BaseDirectory, "podium-server.dll")];

    /// <summary>Flags besides those of its data, its address and its database.</summary>
    public string[] Flags { get; init; } = [];

    /// <summary>Starts it, and returns when it answers.</summary>
    public async Task StartAsync()
    {
        string[] command = [.. _tracer, .. Program, "--data", _data, "--urls", Address.ToString(), .. Flags];
        if (_database is not null) command = [.. command, "--database", _database];
        var start = new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var variable in start.Environment.Keys.Where(key => key.StartsWith("PODIUM_", StringComparison.Ordinal)).ToArray()) start.Environment.Remove(variable);
        start.Environment["PODIUM_ADMIN_TOKEN"] = AdminToken;
        var said = new ConcurrentQueue<string?>();
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => said.Enqueue(line.Data);
        _process.ErrorDataReceived += (_, line) => said.Enqueue(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        for (var until = Stopwatch.GetTimestamp() + (90 * Stopwatch.Frequency); Stopwatch.GetTimestamp() < until; await Task.Delay(50, TestContext.Current.CancellationToken))
        {
            if (_process.HasExited) Assert.Fail($"The server has ended with {_process.ExitCode}: {string.Join('\n', said)}");
            try
            {
                using var answer = await Client.GetAsync("/health", TestContext.Current.CancellationToken);
                if (answer.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }
        }

        Assert.Fail($"The server does not answer: {string.Join('\n', said)}");
    }

    /// <summary>Kills it (SIGKILL), wherever it is.</summary>
    public async Task KillAsync()
    {
        if (_process is null) return;
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Client.Dispose();
    }
}
