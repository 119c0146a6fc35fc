using Podium.Server.Configuration;
using Podium.Storage;
using Podium.Storage.Jobs;

namespace Podium.Server.Jobs;

/// <summary>Holds the server to its number of jobs, by whichever way they are made.</summary>
/// <remarks>Of several that are made at the same moment, each counts what was there before.</remarks>
internal sealed class JobLimit(PodiumStorage storage, ServerOptions options)
{
    /// <summary>Says whether one more may be made.</summary>
    /// <returns>Why not; null where it may.</returns>
    public async Task<string?> FaultAsync(CancellationToken cancellation) =>
        (await storage.Jobs.ListAsync(new JobQuery { Limit = 0 }, cancellation)).Total >= options.Limits.Jobs ? options.Limits.JobsFault : null;
}
