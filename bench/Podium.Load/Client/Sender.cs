using System.Diagnostics;

namespace Podium.Load.Client;

/// <summary>One connection that sends the same message again and again, with new steps each time.</summary>
internal sealed class Sender(Uri server, Message message) : IDisposable
{
    private readonly HttpLine _line = new(server);
    private long _step = Message.FirstStep;

    /// <summary>How long each request took, in milliseconds.</summary>
    public List<double> Took { get; } = [];

    /// <summary>Sends for a while.</summary>
    /// <returns>How many requests were answered.</returns>
    public async Task<int> SendAsync(TimeSpan span)
    {
        // Not on the thread that starts them all.
        await Task.Yield();
        var start = Stopwatch.GetTimestamp();
        var count = 0;
        for (; Stopwatch.GetElapsedTime(start) < span; count++) await SendAsync();
        return count;
    }

    /// <summary>Sends so many requests.</summary>
    public async Task SendAsync(int count)
    {
        await Task.Yield();
        for (var i = 0; i < count; i++) await SendAsync();
    }

    public void Dispose() => _line.Dispose();

    private async ValueTask SendAsync()
    {
        message.Write(_step);
        _step += message.Entries;
        var start = Stopwatch.GetTimestamp();
        await _line.SendAsync(message.Bytes);
        Took.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }
}
