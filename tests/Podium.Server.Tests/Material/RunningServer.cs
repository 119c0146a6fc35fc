using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Podium.Server.Configuration;

namespace Podium.Server.Tests.Material;

/// <summary>A server in this process, on a free port of 127.0.0.1, with a database of its own.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    /// <summary>The administrator's token of every test's server.</summary>
    public const string AdminToken = "test-admin-token-0123456789";

    private readonly TemporaryFolder _data = new();
    private readonly WebApplication _app;

    private RunningServer(WebApplication app, TemporaryFolder data)
    {
        _app = app;
        _data = data;
        Client = new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
        Client.DefaultRequestHeaders.Authorization = new("Bearer", AdminToken);
    }

    /// <summary>A client with the administrator's token.</summary>
    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>Starts one.</summary>
    /// <param name="change">Other options than the usual ones.</param>
    public static async Task<RunningServer> StartAsync(Func<ServerOptions, ServerOptions>? change = null)
    {
        var data = new TemporaryFolder();
        var options = new ServerOptions { Data = data.Path, Urls = "http://127.0.0.1:0", AdminToken = AdminToken };
        var app = PodiumServer.Create(change?.Invoke(options) ?? options);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RunningServer(app, data);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _data.Dispose();
    }

    public async Task<System.Text.Json.JsonElement> GetAsync(string path) => await Client.GetFromJsonAsync<System.Text.Json.JsonElement>(path, TestContext.Current.CancellationToken);
}
