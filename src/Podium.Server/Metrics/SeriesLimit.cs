using System.Collections.Concurrent;
using Podium.Server.Configuration;
using Podium.Storage;

namespace Podium.Server.Metrics;

/// <summary>Holds a job to its number of series: a name that holds a step, or a sample's number, would make one a point.</summary>
internal sealed class SeriesLimit(PodiumStorage storage, ServerOptions options)
{
    private const int MostJobs = 1000;

    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, bool>> _known = new(StringComparer.Ordinal);

    /// <summary>Says whether a job may have metrics of some names.</summary>
    /// <returns>What is wrong; null where nothing is, or where there is no such job.</returns>
    public async ValueTask<string?> FaultAsync(string jobId, IReadOnlyCollection<string> names, CancellationToken cancellation)
    {
        if (!_known.TryGetValue(jobId, out var known))
        {
            if (await storage.Series.ListAsync(jobId, cancellation) is not { } listed) return null;
            known = new(listed.Runs.SelectMany(run => run.Keys).Distinct(StringComparer.Ordinal).Select(key => KeyValuePair.Create(key, true)), StringComparer.Ordinal);
            // To read them again costs little: so what is kept has a bound, and no order.
            if (_known.Count >= MostJobs) _known.Clear();
            _known[jobId] = known;
        }

        var most = options.Limits.SeriesPerJob;
        foreach (var name in names)
        {
            if (known.ContainsKey(name)) continue;
            if (known.Count >= most) return $"'{name}' would be one metric too many: the job has {known.Count}, and at most {most} are kept.";
            known[name] = true;
        }

        return null;
    }
}
