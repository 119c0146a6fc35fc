using System.Net.Sockets;
using System.Text;

namespace Podium.Load.Client;

/// <summary>One connection that sends ready bytes and reads the answer: a client that leaves the cores to the server.</summary>
internal sealed class HttpLine(Uri server) : IDisposable
{
    private readonly AnswerReader _answer = new();
    private Socket? _socket;

    /// <summary>Sends a request and waits for the whole answer.</summary>
    /// <returns>The body, good until the next request.</returns>
    /// <exception cref="InvalidOperationException">It was refused: nothing that is refused may be counted.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> SendAsync(ReadOnlyMemory<byte> request)
    {
        var socket = _socket ??= await ConnectAsync();
        while (!request.IsEmpty) request = request[await socket.SendAsync(request)..];
        _answer.Begin();
        while (!_answer.IsWhole)
        {
            var count = await socket.ReceiveAsync(_answer.Room());
            if (!_answer.Received(count)) throw new InvalidOperationException($"{server} hung up within an answer.");
        }

        if (_answer.IsLast) Dispose();
        if (_answer.Status is < 200 or > 299) throw new InvalidOperationException($"{server} refused a request: {_answer.Status} {Encoding.UTF8.GetString(_answer.Body().Span)}");
        return _answer.Body();
    }

    public void Dispose()
    {
        _socket?.Dispose();
        _socket = null;
    }

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server.Host, server.Port);
        return socket;
    }
}
