using Podium.Server.Configuration;
using Podium.Server.Listing;
using Podium.Storage;
using Podium.Storage.Jobs;

namespace Podium.Server.Jobs;

/// <summary>Says how jobs stand, to programs and in pages alike.</summary>
internal sealed class JobStatuses(PodiumStorage storage, Listings listings, ServerOptions options, TimeProvider time)
{
    /// <summary>How a job stands; null where there is no such job.</summary>
    public async Task<JobStatusAnswer?> ReadAsync(string jobId, CancellationToken cancellation)
    {
        // What was saved since the last look counts here as it does in the listing: both name the same best.
        var unkept = await listings.LookAsync(jobId, cancellation);
        if (await storage.Jobs.FindAsync(jobId, cancellation) is not { } row) return null;
        var answer = Of(row);
        return unkept is null ? answer : answer with { Warning = answer.Warning is { } warning ? $"{unkept} {warning}" : unkept };
    }

    /// <summary>How a job stands by its row.</summary>
    public JobStatusAnswer Of(JobRow row) => JobStatusAnswer.Of(row, options.Strategy, time.GetUtcNow());
}
