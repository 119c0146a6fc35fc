using System.Buffers;
using System.Text.Json;
using Podium.Storage;
using Podium.Storage.Events;

namespace Podium.Server.Live;

/// <summary>Tells one client which jobs have changed: all that a page of jobs needs to know when to ask again.</summary>
/// <remarks>
/// It keeps nothing and reads nothing. Whatever is not sure, at the beginning, when the database's word was lost or when more came
/// than could be kept, it tells by naming no job: then the client asks for all that it shows.
/// </remarks>
internal sealed class JobsStream(PodiumStorage storage, EventStream events, TimeProvider time)
{
    private const int MostJobs = 500;

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    public async Task RunAsync(CancellationToken cancellation)
    {
        using var watch = storage.Changes.WatchAll();
        await events.BeginAsync(cancellation);
        await SendAsync([], cancellation);
        while (true)
        {
            var began = time.GetTimestamp();
            if (!await WaitAsync(watch, cancellation))
            {
                await events.KeepAliveAsync(cancellation);
                continue;
            }

            if (Shortest - time.GetElapsedTime(began) is var rest && rest > TimeSpan.Zero) await Task.Delay(rest, time, cancellation);
            await SendAsync(Gather(watch), cancellation);
        }
    }

    /// <summary>The jobs that have changed; none: it may be any.</summary>
    private static HashSet<string> Gather(ChangeWatch watch)
    {
        HashSet<string> changed = new(StringComparer.Ordinal);
        var mayBeAny = watch.TakeMissed();
        while (watch.Changes.TryRead(out var change))
        {
            if (change.JobId.Length == 0) mayBeAny = true;
            else changed.Add(change.JobId);
        }

        if (mayBeAny) changed.Clear();
        return changed;
    }

    private Task SendAsync(HashSet<string> jobs, CancellationToken cancellation) => events.SendAsync("changed", null, DataOf(jobs), cancellation);

    /// <summary>What is sent of jobs that have changed.</summary>
    internal static ReadOnlyMemory<byte> DataOf(IReadOnlyCollection<string> jobs)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(bytes);
        json.WriteStartObject();
        json.WriteStartArray("job_ids");
        foreach (var job in jobs.Take(MostJobs)) json.WriteStringValue(job);
        json.WriteEndArray();
        if (jobs.Count > MostJobs) json.WriteBoolean("more", true);
        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenMemory;
    }

    /// <summary>Waits for a change.</summary>
    /// <returns>False where nothing was heard for long.</returns>
    private static async Task<bool> WaitAsync(ChangeWatch watch, CancellationToken cancellation)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        silence.CancelAfter(Silence);
        try
        {
            return await watch.Changes.WaitToReadAsync(silence.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }
}
