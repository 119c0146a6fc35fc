using System.Collections.Concurrent;
using Podium.Server.Configuration;
using Podium.Storage;

namespace Podium.Server.Metrics;

/// <summary>Holds a job to its number of series: a name that holds a step, or a sample's number, would make one a point.</summary>
internal sealed class SeriesLimit(PodiumStorage storage, ServerOptions options)
{
    private const int MostJobs = 1000;

    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, bool>> _known = new(StringComparer.Ordinal);

    /// <summary>Keeps something that has metrics of some names, if the job may have them.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="names">The names.</param>
    /// <param name="keep">Keeps it, and says whether it was.</param>
    /// <param name="cancellation">Ends the asking, and not the keeping.</param>
    /// <returns>What is too much, in a sentence, and then nothing was kept; and whether it was kept.</returns>
    public async ValueTask<(string? Fault, bool IsKept)> KeepAsync(string jobId, IReadOnlyCollection<string> names, Func<Task<bool>> keep, CancellationToken cancellation)
    {
        var known = await KnownAsync(jobId, cancellation);
        if (FaultOf(known, names) is { } fault) return (fault, false);
        // Noted before they are stored, so that what others bring meanwhile is counted with them.
        if (known is not null)
            foreach (var name in names) known.TryAdd(name, true);
        var isKept = false;
        try
        {
            isKept = await keep();
            return (null, isKept);
        }
        finally
        {
            // What was not stored does not count.
            if (!isKept) Forget(jobId);
        }
    }

    /// <summary>Says whether a job may have metrics of some names.</summary>
    /// <returns>What is wrong; null where nothing is.</returns>
    public async ValueTask<string?> FaultAsync(string jobId, IReadOnlyCollection<string> names, CancellationToken cancellation) =>
        FaultOf(await KnownAsync(jobId, cancellation), names);

    /// <summary>Takes in that a job has got metrics by another way: they are read again when they are asked for.</summary>
    public void Forget(string jobId) => _known.TryRemove(jobId, out _);

    /// <summary>The metrics of a job; null where there is no such job, which is told later, or is about to be made.</summary>
    private async ValueTask<ConcurrentDictionary<string, bool>?> KnownAsync(string jobId, CancellationToken cancellation)
    {
        if (_known.TryGetValue(jobId, out var known)) return known;
        if (await storage.Series.ListAsync(jobId, cancellation) is not { } listed) return null;
        known = new(listed.Runs.SelectMany(run => run.Keys).Distinct(StringComparer.Ordinal).Select(key => KeyValuePair.Create(key, true)), StringComparer.Ordinal);
        // To read them again costs little: so what is kept has a bound, and no order.
        if (_known.Count >= MostJobs) _known.Clear();
        return _known.GetOrAdd(jobId, known);
    }

    private string? FaultOf(ConcurrentDictionary<string, bool>? known, IReadOnlyCollection<string> names)
    {
        List<string>? fresh = null;
        foreach (var name in names)
            if (known is null || !known.ContainsKey(name))
                (fresh ??= []).Add(name);
        if (fresh is null) return null;

        var (count, most) = (known?.Count ?? 0, options.Limits.SeriesPerJob);
        return count + fresh.Count <= most
            ? null
            : $"'{fresh[Math.Max(0, most - count)]}' would be one metric too many: the job has {count}, this brings {fresh.Count} new, and at most {most} are kept ({ServerLimits.OptionOf("series_per_job")}).";
    }
}
