[assembly: AssemblyFixture(typeof(Podium.Pages.Tests.Material.LiveServer))]

namespace Podium.Pages.Tests.Material;

/// <summary>One server for all tests that change jobs of their own, and no others: starting one takes longer than most tests.</summary>
public sealed class LiveServer : IAsyncDisposable
{
    private readonly Lazy<Task<PageServer>> _server = new(() => PageServer.StartAsync());

    /// <summary>The server, which starts with the first test that asks for it.</summary>
    public Task<PageServer> ServerAsync() => _server.Value;

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated && _server.Value.IsCompletedSuccessfully) await (await _server.Value).DisposeAsync();
    }
}
