using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Podium.Load.Client;

namespace Podium.Load.Server;

/// <summary>A <c>podium-server</c> of its own, as it ships, in a folder made for it.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    /// <summary>Its administrator's token.</summary>
    public const string Token = "podium-load-token-of-its-own";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _program;
    private readonly string? _database;
    private Process _process = null!;

    private ServerProcess(string program, string folder, string? database)
    {
        (_program, Folder, _database) = (program, folder, database);
        Runs = Path.Combine(folder, "runs");
        Directory.CreateDirectory(Runs);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"));
    }

    public Uri Address { get; }

    /// <summary>The folder in which everything of it lies.</summary>
    public string Folder { get; }

    /// <summary>Where run folders may lie.</summary>
    public string Runs { get; }

    /// <summary>The database's file, where it is one.</summary>
    public string File => Path.Combine(Folder, "data", "podium.db");

    public static async Task<ServerProcess> StartAsync(string program, string folder, string? database)
    {
        var server = new ServerProcess(program, folder, database);
        await server.StartAsync();
        return server;
    }

    /// <summary>Ends it as an operator would, and starts it again.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    /// <summary>A line of what the system says of its memory, in megabytes: VmRSS now, VmHWM at most.</summary>
    public double Megabytes(string line) => System.IO.File.ReadLines($"/proc/{_process.Id}/status")
        .Where(one => one.StartsWith(line, StringComparison.Ordinal))
        .Select(one => double.Parse(one[(line.Length + 1)..^"kB".Length], CultureInfo.InvariantCulture) / 1024)
        .First();

    /// <summary>How much time of the cores it has taken.</summary>
    public TimeSpan CoreTime => _process.TotalProcessorTime;

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task StartAsync()
    {
        var start = new ProcessStartInfo(_program, ["--urls", Address.GetLeftPart(UriPartial.Authority), "--data", Path.Combine(Folder, "data"), "--runs", Runs]) { RedirectStandardOutput = true, UseShellExecute = false };
        // Not as an argument: everybody on the machine can read those.
        if (_database is not null) start.Environment["PODIUM_DATABASE"] = _database;
        start.Environment["PODIUM_ADMIN_TOKEN"] = Token;
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{_program} did not start.");
        _process.OutputDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        using var line = new HttpLine(Address);
        var version = Message.Of(Address, null, "GET", "/health");
        for (var began = Stopwatch.GetTimestamp(); ; await Task.Delay(20))
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(began) > Patience) throw new InvalidOperationException($"{_program} did not come up.");
            try
            {
                await line.SendAsync(version.Bytes);
                return;
            }
            catch (SocketException)
            {
                // It does not listen yet.
                line.Dispose();
            }
        }
    }

    private async Task StopAsync()
    {
        using var signal = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await signal.WaitForExitAsync();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
