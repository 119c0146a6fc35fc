using System.Diagnostics;

namespace Podium.Load.Client;

/// <summary>What a crowd of connections got done.</summary>
/// <param name="PerSecond">Points a second; requests, where they report none.</param>
/// <param name="Median">The usual time of a request, in milliseconds.</param>
/// <param name="Slow">One request in a hundred took longer, in milliseconds.</param>
internal readonly record struct Throughput(double PerSecond, double Median, double Slow);

/// <summary>Several connections that send at once.</summary>
internal sealed class Crowd : IDisposable
{
    private readonly Sender[] _senders;
    private readonly int _each;

    public Crowd(Uri server, IEnumerable<Message> messages)
    {
        var all = messages.ToArray();
        _senders = [.. all.Select(message => new Sender(server, message))];
        _each = Math.Max(1, all[0].Points);
    }

    /// <summary>Sends for a while.</summary>
    public async Task<Throughput> RunAsync(TimeSpan span)
    {
        foreach (var sender in _senders) sender.Took.Clear();
        var start = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(_senders.Select(sender => sender.SendAsync(span)));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double[] took = [.. _senders.SelectMany(sender => sender.Took).Order()];
        return new Throughput(counts.Sum() * (double)_each / seconds, took[took.Length / 2], took[took.Length * 99 / 100]);
    }

    /// <summary>Sends so many requests from each.</summary>
    public Task SendAsync(int count) => Task.WhenAll(_senders.Select(sender => sender.SendAsync(count)));

    public void Dispose()
    {
        foreach (var sender in _senders) sender.Dispose();
    }
}
