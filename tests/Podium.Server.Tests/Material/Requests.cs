using System.Net.Http.Json;
using System.Text;

namespace Podium.Server.Tests.Material;

/// <summary>Requests as tests send them.</summary>
internal static class Requests
{
    public static Task<HttpResponseMessage> PostAsync(this RunningServer server, string path, object body) =>
        server.Client.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken);

    public static Task<HttpResponseMessage> PostTextAsync(this RunningServer server, string path, string body, string type = "application/json") =>
        server.Client.PostAsync(path, new StringContent(body, Encoding.UTF8, type), TestContext.Current.CancellationToken);

    public static Task<HttpResponseMessage> PatchAsync(this RunningServer server, string path, string body) =>
        server.Client.PatchAsync(path, new StringContent(body, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
}
