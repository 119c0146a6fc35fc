using System.Globalization;
using System.Text;

namespace Podium.Load.Client;

/// <summary>A request whose bytes are ready but for its steps, which are written over the old ones: to make one costs next to nothing.</summary>
internal sealed class Message
{
    /// <summary>Steps have this many digits from the first to the last, so that none needs more room than another.</summary>
    public const long FirstStep = 1_000_000_000;

    private const string StepMark = "@@@@@@@@@@";

    private readonly byte[] _bytes;
    private readonly int[] _places;
    private readonly int[] _entries;

    private Message(byte[] bytes, int[] places, int[] entries, int points)
    {
        _bytes = bytes;
        _places = places;
        _entries = entries;
        Points = points;
        Entries = entries.Length == 0 ? 0 : entries[^1] + 1;
    }

    /// <summary>How many points it reports.</summary>
    public int Points { get; }

    /// <summary>How many steps it has.</summary>
    public int Entries { get; }

    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>A request without a step.</summary>
    public static Message Of(Uri server, string? token, string method, string path, string body = "") => Of(server, token, method, path, body, [], 0);

    /// <summary>A request of entries.</summary>
    /// <param name="server">Where to.</param>
    /// <param name="token">Who sends it; null for a server that does not ask.</param>
    /// <param name="method">GET or POST.</param>
    /// <param name="path">The path.</param>
    /// <param name="body">The body, with a <see cref="Step"/> wherever one belongs.</param>
    /// <param name="entries">Of each of these, the entry it is of, counted from 0.</param>
    /// <param name="points">How many points it reports.</param>
    public static Message Of(Uri server, string? token, string method, string path, string body, int[] entries, int points)
    {
        var authorization = token is null ? "" : $"Authorization: Bearer {token}\r\n";
        var content = method is "GET" ? "" : string.Create(CultureInfo.InvariantCulture, $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n");
        var bytes = Encoding.UTF8.GetBytes($"{method} {path} HTTP/1.1\r\nHost: {server.Authority}\r\n{authorization}{content}\r\n{body}");
        var places = new int[entries.Length];
        var mark = Encoding.UTF8.GetBytes(StepMark);
        for (int i = 0, from = 0; i < places.Length; i++, from = places[i - 1] + mark.Length) places[i] = from + bytes.AsSpan(from).IndexOf(mark);
        return new Message(bytes, places, entries, points);
    }

    /// <summary>Where a step belongs in a body.</summary>
    public static string Step => StepMark;

    /// <summary>Writes the steps from this one on.</summary>
    public void Write(long firstStep)
    {
        for (var i = 0; i < _places.Length; i++)
        {
            var step = firstStep + _entries[i];
            for (var digit = _places[i] + StepMark.Length - 1; digit >= _places[i]; digit--, step /= 10) _bytes[digit] = (byte)('0' + step % 10);
        }
    }
}
