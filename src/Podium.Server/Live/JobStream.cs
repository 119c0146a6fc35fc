using System.Text.Json;
using System.Threading.Channels;
using Podium.Storage;
using Podium.Storage.Events;
using Podium.Storage.Jobs;

namespace Podium.Server.Live;

/// <summary>Follows a job for one client.</summary>
/// <remarks>
/// It watches first, and then reads from the database what came after the last event that the client has: so nothing is missed,
/// at whichever server the client was before. An event bears the id up to which everything was sent; a client that comes again
/// may get points a second time, which changes nothing, and none too few.
/// </remarks>
internal sealed class JobStream(string jobId, PodiumStorage storage, EventStream events, Func<JobRow, JsonElement> statusOf, TimeProvider time)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(250);

    // It also looks into the database then: what another server did while nothing was heard from it is found.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    private readonly StatusChanges _status = new();

    /// <param name="after">The last event that the client has; null: it begins with the status as it is now.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task RunAsync(long? after, CancellationToken cancellation)
    {
        using var watch = storage.Changes.Watch(jobId);
        if (await storage.Jobs.FindAsync(jobId, cancellation) is not { } row) return;
        await events.BeginAsync(cancellation);
        // A number that this job has not reached is of another one that bore its name.
        var sent = after is { } last && last <= row.Seq ? last : row.Seq;
        await SendStatusAsync(row, sent, cancellation);
        while (true)
        {
            var began = time.GetTimestamp();
            if (await SendNewAsync(sent, cancellation) is not { } to) return;
            sent = to;
            if (Shortest - time.GetElapsedTime(began) is var rest && rest > TimeSpan.Zero) await Task.Delay(rest, time, cancellation);
            if (!await WaitAsync(watch.Changes, sent, cancellation)) await events.KeepAliveAsync(cancellation);
        }
    }

    /// <summary>Sends all that came after a number.</summary>
    /// <returns>Up to which number; null where the job is gone.</returns>
    private async Task<long?> SendNewAsync(long sent, CancellationToken cancellation)
    {
        while (true)
        {
            if (await storage.Events.ReadDeltaAsync(jobId, sent, cancellation) is not { } delta) return null;
            if (delta.To == sent) return sent;
            foreach (var points in PointsJson.Of(delta.Points)) await events.SendAsync("points", null, points, cancellation);
            // The points came before: up to each event everything is sent now.
            foreach (var happened in delta.Events) await events.SendAsync(happened.Kind, happened.Seq, EventJson.Of(happened), cancellation);
            await SendStatusAsync(delta.Row, delta.To, cancellation);
            sent = delta.To;
            if (delta.IsAll) return sent;
        }
    }

    private Task SendStatusAsync(JobRow row, long id, CancellationToken cancellation) => events.SendAsync("status", id, _status.Next(statusOf(row)), cancellation);

    /// <summary>Waits for a change.</summary>
    /// <returns>False where nothing was heard for long.</returns>
    private static async Task<bool> WaitAsync(ChannelReader<JobChange> changes, long sent, CancellationToken cancellation)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        silence.CancelAfter(Silence);
        try
        {
            while (await changes.WaitToReadAsync(silence.Token))
                while (changes.TryRead(out var change))
                    if (change.Seq > sent)
                        return true;

            return true;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }
}
