namespace Podium.Cli.Tests.Serving;

/// <summary>A server for the tests of one class, and podium as its client.</summary>
public sealed class RunningServer : IAsyncLifetime
{
    private readonly TemporaryFolder _data = new();
    private readonly TemporaryFolder _runs = new();
    private ServeProcess? _process;

    /// <summary>Its <c>--runs</c>.</summary>
    internal TemporaryFolder Runs => _runs;

    /// <summary>Where it listens.</summary>
    internal string Url => _process!.Url;

    public async ValueTask InitializeAsync() => _process = await ServeProcess.StartAsync(_data.Path, "--runs", _runs.Path);

    public ValueTask DisposeAsync()
    {
        _process?.Dispose();
        _runs.Dispose();
        _data.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Runs podium with the administrator's token.</summary>
    internal Task<ProcessRun> PodiumAsync(params string[] arguments) => PodiumWithAsync(ServeProcess.AdminToken, arguments);

    /// <summary>Runs podium with a token, or with none.</summary>
    internal Task<ProcessRun> PodiumWithAsync(string? token, params string[] arguments) =>
        PodiumProcess.RunAsync(arguments, _runs.Path, new Dictionary<string, string?>(StringComparer.Ordinal) { ["PODIUM_URL"] = Url, ["PODIUM_TOKEN"] = token });
}
