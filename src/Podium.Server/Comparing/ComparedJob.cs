using Podium.Checkpoints.Sweeps;
using Podium.Server.Jobs;
using Podium.Server.Listing;
using Podium.Server.Metrics;

namespace Podium.Server.Comparing;

/// <summary>A job beside others; what is said is of its newest run.</summary>
/// <param name="Job">How it stands.</param>
/// <param name="Best">The checkpoint that is recommended; null where none is.</param>
/// <param name="Metrics">What each of its metrics has come to.</param>
/// <param name="Set">What it was evaluated on, as far as that can be told.</param>
/// <param name="Settings">How it was set up.</param>
public sealed record ComparedJob(JobStatusAnswer Job, ListedCheckpoint? Best, IReadOnlyDictionary<string, MetricSummary> Metrics, EvaluationSet Set, RunSettings Settings)
{
    /// <summary>Why its losses cannot be compared with those of most of the others; null where they can.</summary>
    public string? DiffersBecause { get; init; }

    /// <summary>What people call it.</summary>
    public string Name => Job.JobName is { Length: > 0 } name ? name : Job.JobId;

    /// <summary>Why its losses may not be compared with those of another; null where nothing is known against it.</summary>
    public string? DifferenceFrom(ComparedJob other) =>
        Set.DifferenceFrom(other.Set)
        ?? (Job.DatasetName is { } mine && other.Job.DatasetName is { } theirs && mine != theirs ? $"is of the data '{mine}', not '{theirs}'" : null);
}

/// <summary>Jobs side by side.</summary>
/// <param name="Jobs">The jobs, in the order in which they were asked for.</param>
/// <param name="Missing">Those that are not there.</param>
public sealed record Comparison(IReadOnlyList<ComparedJob> Jobs, IReadOnlyList<string> Missing)
{
    /// <summary>The job that stands for those that <see cref="ComparedJob.DiffersBecause"/> speaks of; null where there is none.</summary>
    public ComparedJob? Reference { get; init; }

    /// <summary>Whether all losses may be compared.</summary>
    public bool IsComparable => Jobs.All(job => job.DiffersBecause is null);

    /// <summary>All metrics that any has, in the order of their names.</summary>
    public IReadOnlyList<string> Keys => [.. Jobs.SelectMany(job => job.Metrics.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The names of the settings that are not the same in all.</summary>
    public IReadOnlyList<string> DifferingSettings => RunSettings.Differing([.. Jobs.Select(job => job.Settings)]);

    /// <summary>Puts jobs side by side, as <c>podium rank --across</c> puts runs: those that may be compared go together, and most of them count.</summary>
    public static Comparison Of(IReadOnlyList<ComparedJob> jobs, IReadOnlyList<string> missing)
    {
        List<List<ComparedJob>> groups = [];
        foreach (var job in jobs)
        {
            if (groups.Find(group => job.DifferenceFrom(group[0]) is null) is { } same) same.Add(job);
            else groups.Add([job]);
        }

        var largest = groups.MaxBy(group => group.Count);
        var reference = largest?[0];
        return new Comparison([.. jobs.Select(job => reference is null || largest!.Contains(job) ? job : job with { DiffersBecause = job.DifferenceFrom(reference) })], missing) { Reference = reference };
    }
}
