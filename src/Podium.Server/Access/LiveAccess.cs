using Podium.Storage;

namespace Podium.Server.Access;

/// <summary>Ends what somebody watches for long, once the token is revoked or has expired, or the browser's session is over.</summary>
/// <remarks>A request is let in once. One that lasts for days is held against the tokens again and again, by what it showed then.</remarks>
internal sealed class LiveAccess(PodiumStorage storage, SignInCookie cookie, TimeProvider time)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    /// <summary>Waits until whoever made a request may no longer see its answer, and ends it then.</summary>
    /// <param name="http">The request.</param>
    /// <param name="end">What ends the answer; cancelled by others too, and then nothing is waited for.</param>
    public async Task WatchAsync(HttpContext http, CancellationTokenSource end)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(end.Token))
                if (!await IsLetInAsync(http.Request, end.Token))
                    await end.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // It has ended.
        }
    }

    private async ValueTask<bool> IsLetInAsync(HttpRequest request, CancellationToken cancellation)
    {
        try
        {
            return Presented.By(request, cookie) is { } shown && await storage.Tokens.FindAsync(shown.Secret, cancellation) is not null;
        }
        catch (Exception failure) when (storage.Explain(failure) is not null)
        {
            // Nobody knows, and there is nothing to be seen meanwhile.
            return true;
        }
    }
}
