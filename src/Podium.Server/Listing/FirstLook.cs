using Podium.Storage;
using Podium.Storage.Jobs;

namespace Podium.Server.Listing;

/// <summary>Lists the jobs that were made last as soon as the server runs, so that whoever comes first need not wait for it.</summary>
/// <remarks>
/// The first listing after a start costs several times what the same one costs later: the program's code is made ready, and the
/// folder is read for the first time. Somebody who restarts a server has a page open that asks again at once.
/// </remarks>
internal sealed class FirstLook(PodiumStorage storage, Listings listings) : BackgroundService
{
    private const int MostJobs = 10;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var (jobs, _) = await storage.Jobs.ListAsync(new JobQuery { Limit = MostJobs }, stoppingToken);
            foreach (var job in jobs) _ = (await listings.ListAsync(job.JobId, strategy: null, new ListingQuestion(AskedRanking.Own.Question), atOnce: false, stoppingToken))?.Bytes;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Nobody has asked yet: who does is told what is wrong.
        }
    }
}
