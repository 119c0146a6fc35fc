using System.Net.Http.Headers;
using System.Text.Json;

namespace Podium.Server.Tests.Live;

/// <summary>Reads a stream of server-sent events as a browser does.</summary>
internal sealed class SentEvents(HttpResponseMessage response, StreamReader lines) : IDisposable
{
    public HttpContentHeaders Headers => response.Content.Headers;

    /// <summary>The last id that came: what a browser names when it connects again.</summary>
    public string? LastId { get; private set; }

    public static async Task<SentEvents> OpenAsync(HttpClient client, string path, string? lastId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastId is not null) request.Headers.Add("Last-Event-ID", lastId);
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        return new SentEvents(response, new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)));
    }

    public async Task<(string Name, JsonElement Data)> NextAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        var (name, id, data) = ("", (string?)null, "");
        while (true)
        {
            var line = await lines.ReadLineAsync(patience.Token) ?? throw new EndOfStreamException();
            if (line.Length == 0 && data.Length > 0) break;
            if (line.StartsWith("event: ", StringComparison.Ordinal)) name = line["event: ".Length..];
            else if (line.StartsWith("id: ", StringComparison.Ordinal)) id = line["id: ".Length..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal)) data = line["data: ".Length..];
        }

        LastId = id ?? LastId;
        return (name, JsonElement.Parse(data));
    }

    public void Dispose()
    {
        lines.Dispose();
        response.Dispose();
    }
}
