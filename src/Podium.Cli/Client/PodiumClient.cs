using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Podium.Cli.Client;

/// <summary>Asks a Podium server. It waits for each answer: a command has nothing else to do meanwhile, and Ctrl-C ends the process at once.</summary>
internal sealed class PodiumClient : IDisposable
{
    // Somebody sits before it, and a server that is there takes a connection at once.
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(10);

    // The import of a folder with thousands of checkpoints on a slow network disk is one call.
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromMinutes(10);

    private readonly ServerAddress _address;
    private readonly HttpClient _http;

    private PodiumClient(ServerAddress address)
    {
        _address = address;
        _http = new HttpClient(new SocketsHttpHandler
        {
            // The token is for the server that was named, and for no other that it names.
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = ConnectPatience,
            // A proxy elsewhere cannot reach this machine's own loopback, and must not see what is sent there.
            UseProxy = !address.Url.IsLoopback,
        })
        {
            Timeout = AnswerPatience,
        };
    }

    /// <summary>A client of the server that the environment names.</summary>
    public static PodiumClient FromEnvironment() => new(ServerAddress.FromEnvironment());

    /// <summary>A part of a path that holds somebody's name. A name that a path would not keep is nobody's.</summary>
    /// <param name="name">The name.</param>
    /// <param name="what">What it is the name of.</param>
    public static string Part(string name, string what) =>
        name is "" or "." or ".." || name.Contains('/', StringComparison.Ordinal) ? throw new ServerException($"There is no {what} '{name}'.", HttpStatusCode.NotFound) : Uri.EscapeDataString(name);

    public JsonElement Get(string path) => Send(HttpMethod.Get, path);

    public JsonElement Post(string path, Action<Utf8JsonWriter> fields) => Send(HttpMethod.Post, path, fields);

    public JsonElement Patch(string path, Action<Utf8JsonWriter> fields) => Send(HttpMethod.Patch, path, fields);

    public void Delete(string path) => Send(HttpMethod.Delete, path);

    public void Dispose() => _http.Dispose();

    /// <summary>Sends a request and reads its answer.</summary>
    /// <param name="method">Its method.</param>
    /// <param name="path">Its path and query.</param>
    /// <param name="fields">Writes the fields of its body's object; null: it has no body.</param>
    /// <returns>The answer; undefined where it is empty.</returns>
    private JsonElement Send(HttpMethod method, string path, Action<Utf8JsonWriter>? fields = null)
    {
        using var request = new HttpRequestMessage(method, _address.Call(path));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (_address.Token is { } token) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (fields is not null) request.Content = Body(fields);

        try
        {
            using var response = _http.Send(request, HttpCompletionOption.ResponseContentRead);
            var answer = Read(response);
            if (response.IsSuccessStatusCode && answer is { } told) return told;
            throw ServerFailure.Of(_address, response, answer);
        }
        catch (HttpRequestException failure)
        {
            throw ServerFailure.Of(_address, failure);
        }
        catch (OperationCanceledException)
        {
            throw new ServerException($"The server at {_address} did not answer within {AnswerPatience.TotalMinutes} minutes.");
        }
    }

    private static ByteArrayContent Body(Action<Utf8JsonWriter> fields)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            fields(writer);
            writer.WriteEndObject();
        }

        var content = new ByteArrayContent(bytes.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    /// <summary>Reads an answer.</summary>
    /// <returns>Undefined where there is none, null where it is no JSON.</returns>
    private static JsonElement? Read(HttpResponseMessage response)
    {
        using var stream = response.Content.ReadAsStream();
        if (stream.Length == 0) return default(JsonElement);
        try
        {
            using var document = JsonDocument.Parse(stream);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
