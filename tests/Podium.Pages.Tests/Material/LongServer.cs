[assembly: AssemblyFixture(typeof(Podium.Pages.Tests.Material.LongServer))]

namespace Podium.Pages.Tests.Material;

/// <summary>A server with one job of 1,000,000 points. It takes seconds to fill, so only the tests on it start it.</summary>
public sealed class LongServer : IAsyncDisposable
{
    /// <summary>The job.</summary>
    public const string Job = "long";

    /// <summary>How many training losses it has.</summary>
    public const int Points = 1_000_000;

    private readonly Lazy<Task<PageServer>> _server = new(StartAsync);

    public Task<PageServer> ServerAsync() => _server.Value;

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated && _server.Value.IsCompletedSuccessfully) await (await _server.Value).DisposeAsync();
    }

    private static async Task<PageServer> StartAsync()
    {
        var server = await PageServer.StartAsync();
        await Seeds.LongAsync(server.Api, Job, Points);
        return server;
    }
}
