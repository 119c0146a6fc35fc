using System.Buffers.Text;

namespace Podium.Server.Live;

/// <summary>Writes server-sent events. A client that does not read in time is dropped: nothing gathers for it.</summary>
/// <remarks>The server's own small buffer is all that lies between: a write waits until the client has read.</remarks>
internal sealed class EventStream(HttpContext http, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task BeginAsync(CancellationToken cancellation)
    {
        http.Response.ContentType = "text/event-stream; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        // Reverse proxies would gather it first.
        http.Response.Headers["X-Accel-Buffering"] = "no";
        Text("retry: 2000\n\n"u8);
        await FlushAsync(cancellation);
    }

    /// <summary>Sends an event.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="id">What a client that comes again names; null where it is not to go on from here.</param>
    /// <param name="json">Its data, JSON in one line.</param>
    /// <param name="cancellation">Ends the sending.</param>
    public async Task SendAsync(string name, long? id, ReadOnlyMemory<byte> json, CancellationToken cancellation)
    {
        Text("event: "u8);
        Text(System.Text.Encoding.UTF8.GetBytes(name));
        if (id is { } number)
        {
            Text("\nid: "u8);
            Span<byte> digits = stackalloc byte[20];
            Utf8Formatter.TryFormat(number, digits, out var length);
            Text(digits[..length]);
        }

        Text("\ndata: "u8);
        Text(json.Span);
        Text("\n\n"u8);
        await FlushAsync(cancellation);
    }

    /// <summary>Sends what clients pass over, so that nobody between takes the connection for dead.</summary>
    public Task KeepAliveAsync(CancellationToken cancellation)
    {
        Text(":\n\n"u8);
        return FlushAsync(cancellation);
    }

    private void Text(ReadOnlySpan<byte> bytes)
    {
        var writer = http.Response.BodyWriter;
        bytes.CopyTo(writer.GetSpan(bytes.Length));
        writer.Advance(bytes.Length);
    }

    private async Task FlushAsync(CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            await http.Response.BodyWriter.FlushAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            if (patience.IsCancellationRequested) http.Abort();
            throw;
        }
    }
}
