using System.Threading.Channels;
using Podium.Storage.Databases;
using Podium.Storage.Writing;

namespace Podium.Storage.Points;

/// <summary>Packs closed stretches of long series, while nothing else is to be written, or when much has gathered.</summary>
/// <remarks>
/// It is told of a series that has grown by who wrote it, and by who read it and found it long; to forget that, as a restart does,
/// costs nothing but time. It packs a little at a time, so that a report that comes meanwhile does not wait long.
/// </remarks>
internal sealed class BlockPacker : IAsyncDisposable
{
    /// <summary>How many unpacked points of a series are worth packing: one block, and what stays open behind it.</summary>
    public const int WorthPacking = 2 * PointBlock.Length;

    /// <summary>So many are packed even while reports come one after another.</summary>
    public const int TooMany = 32 * PointBlock.Length;

    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(250);

    private readonly Func<string, Func<WriteScope, bool>, Task<bool>> _write;
    private readonly TimeProvider _time;
    private readonly Channel<Request> _requests = Channel.CreateBounded<Request>(new BoundedChannelOptions(10_000) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _end = new();
    private readonly Task _loop;
    private int _works;

    /// <param name="write">Does work about a job in a transaction of the one writer.</param>
    /// <param name="time">The clock.</param>
    public BlockPacker(Func<string, Func<WriteScope, bool>, Task<bool>> write, TimeProvider time)
    {
        _write = write;
        _time = time;
        _loop = RunAsync(_end.Token);
    }

    /// <summary>Takes in that something else is to be written.</summary>
    public void Yield() => Interlocked.Increment(ref _works);

    /// <summary>Takes in how many unpacked points somebody saw at the end of a series.</summary>
    public void Saw(string job, long series, int unpacked)
    {
        // Where too many wait already, one more request is one too many: the next one comes.
        if (unpacked >= WorthPacking) _requests.Writer.TryWrite(new Request(job, series, unpacked >= TooMany));
    }

    /// <summary>Packs what there is to pack of a series, now.</summary>
    public async Task PackAsync(string job, long series)
    {
        while (await PackSomeAsync(job, series))
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellation)
    {
        Dictionary<long, Request> known = [];
        while (await _requests.Reader.WaitToReadAsync(cancellation))
        {
            do
            {
                var works = Volatile.Read(ref _works);
                await Task.Delay(Quiet, _time, cancellation);
                while (_requests.Reader.TryRead(out var request))
                    if (request.IsUrgent || !known.ContainsKey(request.Series))
                        known[request.Series] = request;

                var isQuiet = works == Volatile.Read(ref _works);
                foreach (var request in known.Values.Where(request => isQuiet || request.IsUrgent).ToArray())
                {
                    if (!request.IsUrgent && works != Volatile.Read(ref _works)) break;
                    if (!await PackSomeAsync(request.Job, request.Series)) known.Remove(request.Series);
                    cancellation.ThrowIfCancellationRequested();
                }
            }
            while (known.Count > 0);
        }
    }

    private async Task<bool> PackSomeAsync(string job, long series)
    {
        try
        {
            return await _write(job, scope => SeriesPacking.Pack(job, series, scope));
        }
        catch (StorageException)
        {
            // What is not packed is read from its rows. Whoever waits to write hears of the fault.
            return false;
        }
    }

    private readonly record struct Request(string Job, long Series, bool IsUrgent);
}
