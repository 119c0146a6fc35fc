using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Podium.Server.Configuration;
using Podium.Storage;
using Podium.Storage.Jobs;
using Podium.Storage.Tokens;

namespace Podium.Server.Tests.Material;

/// <summary>A server in this process, on a free port of 127.0.0.1, with a database of its own.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    /// <summary>The administrator's token of every test's server.</summary>
    public const string AdminToken = ServerProcess.AdminToken;

    private readonly TemporaryFolder _data;
    private readonly WebApplication _app;
    private readonly List<HttpClient> _clients = [];

    private RunningServer(WebApplication app, TemporaryFolder data)
    {
        _app = app;
        _data = data;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Client = ClientWith(AdminToken);
    }

    /// <summary>A client with the administrator's token.</summary>
    public HttpClient Client { get; }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    public IServiceProvider Services => _app.Services;

    public PodiumStorage Storage => Services.GetRequiredService<PodiumStorage>();

    /// <summary>Starts one.</summary>
    /// <param name="change">Other options than the usual ones. With a data folder of its own, it is the caller who deletes it.</param>
    /// <param name="configure">Other services.</param>
    /// <param name="map">Endpoints besides those of the server.</param>
    public static async Task<RunningServer> StartAsync(
        Func<ServerOptions, ServerOptions>? change = null, Action<WebApplicationBuilder>? configure = null, Action<WebApplication>? map = null)
    {
        var data = new TemporaryFolder();
        var usual = new ServerOptions { Data = data.Path, Urls = "http://127.0.0.1:0", AdminToken = AdminToken };
        var app = PodiumServer.Create(change?.Invoke(usual) ?? usual, configure);
        map?.Invoke(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RunningServer(app, data);
    }

    /// <summary>A client with a token, or with none. It follows no redirect and keeps no cookie.</summary>
    public HttpClient ClientWith(string? token)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };
        if (token is not null) client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        _clients.Add(client);
        return client;
    }

    /// <summary>A client with a new token of a role.</summary>
    /// <param name="role">viewer, operator or admin; for a job's own token see <see cref="ClientOfJobAsync"/>.</param>
    public async Task<HttpClient> ClientOfAsync(string role) => ClientWith(await SecretOfAsync(role));

    /// <summary>A new token of a role, named as the role.</summary>
    public async Task<string> SecretOfAsync(string role) => (await Storage.Tokens.AddAsync(new TokenRow { Name = role, Role = role }))!;

    /// <summary>A client with the own token of a job, which is made where it is not there.</summary>
    public async Task<HttpClient> ClientOfJobAsync(string jobId)
    {
        await Storage.Jobs.CreateAsync(new JobRow { JobId = jobId, Status = JobStatus.Pending });
        return ClientWith(await Storage.Tokens.CreateJobTokenAsync(jobId));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _data.Dispose();
    }

    public async Task<System.Text.Json.JsonElement> GetAsync(string path) => await Client.GetFromJsonAsync<System.Text.Json.JsonElement>(path, TestContext.Current.CancellationToken);
}
