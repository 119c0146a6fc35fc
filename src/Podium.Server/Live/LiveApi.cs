using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Podium.Server.Access;
using Podium.Server.Configuration;
using Podium.Server.Wire;
using Podium.Storage;

namespace Podium.Server.Live;

/// <summary>A job's changes as they come, as server-sent events.</summary>
internal static class LiveApi
{
    private const string LastEventId = "Last-Event-ID";

    public static void MapLive(this IEndpointRouteBuilder routes)
    {
        // It asks for no policy, and so is for people.
        routes.MapGet("/api/training/local/stream", StreamAllAsync)
            .WithSummary("Sends which jobs have changed, at most once a second.")
            .WithDescription("event: changed, data: {\"job_ids\": […]}. No ids: any job may have changed, as at the beginning. \"more\": true: more than the 500 that are named.")
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream");
        routes.MapGet("/api/training/local/{job_id}/stream", StreamAsync).RequireAuthorization(Policies.Read).OfJob()
            .WithSummary("Sends a job's changes as they come: status, points, new_best, checkpoint_saved and other events.")
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream").ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static Task StreamAllAsync(HttpContext http, PodiumStorage storage, LiveAccess access, IHostApplicationLifetime lifetime, TimeProvider time) =>
        WatchAsync(http, storage, access, lifetime, new JobsStream(storage, new EventStream(http, time), time).RunAsync);

    // last_event_id is for clients that cannot set the header.
    private static async Task StreamAsync(
        string job_id, string? last_event_id, HttpContext http, PodiumStorage storage, LiveAccess access, ServerOptions options, IOptions<JsonOptions> json, IHostApplicationLifetime lifetime, TimeProvider time)
    {
        // What the browser sends on its own when it connects again is newer than what stands in the address.
        var told = http.Request.Headers[LastEventId].FirstOrDefault() ?? last_event_id;
        long? after = null;
        if (!string.IsNullOrEmpty(told))
        {
            if (!long.TryParse(told, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                await Problems.BadRequest($"{LastEventId} must be the id of an event of this stream, not '{told}'.").ExecuteAsync(http);
                return;
            }

            after = id;
        }

        if (await storage.Jobs.FindAsync(job_id, http.RequestAborted) is null)
        {
            await Problems.NoJob(job_id).ExecuteAsync(http);
            return;
        }

        var stream = new JobStream(job_id, storage, new EventStream(http, time), row => JsonSerializer.SerializeToElement(Jobs.JobStatusAnswer.Of(row, options.Strategy, time.GetUtcNow()), json.Value.SerializerOptions), time);
        await WatchAsync(http, storage, access, lifetime, cancellation => stream.RunAsync(after, cancellation));
    }

    /// <summary>Lets somebody watch for as long as he may.</summary>
    private static async Task WatchAsync(HttpContext http, PodiumStorage storage, LiveAccess access, IHostApplicationLifetime lifetime, Func<CancellationToken, Task> stream)
    {
        // A server that stops must not wait for whoever watches.
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        var watching = access.WatchAsync(http, end);
        try
        {
            await stream(end.Token);
        }
        catch (OperationCanceledException)
        {
            // The client is gone, or too slow, or may see no more, or the server stops. Who comes again misses nothing.
        }
        catch (Exception failure) when (http.Response.HasStarted && storage.Explain(failure) is not null)
        {
            // The database is gone: who comes again is told so.
        }
        finally
        {
            await end.CancelAsync();
            await watching;
        }
    }
}
