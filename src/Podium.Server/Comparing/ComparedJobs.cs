using System.Globalization;
using Podium.Checkpoints.Sweeps;
using Podium.Server.Jobs;
using Podium.Server.Listing;
using Podium.Server.Metrics;
using Podium.Storage;
using Podium.Storage.Points;

namespace Podium.Server.Comparing;

/// <summary>Reads jobs for a comparison.</summary>
internal sealed class ComparedJobs(PodiumStorage storage, JobStatuses statuses, Listings listings, BestValues values)
{
    /// <summary>How many can stand side by side.</summary>
    public const int Most = 12;

    private const string Runtime = "eval_runtime";
    private const string Rate = "eval_samples_per_second";

    // The longest of many evaluations tells how many samples there are; not all are needed.
    private const int MostEvaluations = 2000;

    /// <summary>Reads them.</summary>
    public async Task<Comparison> ReadAsync(IReadOnlyList<string> jobIds, CancellationToken cancellation)
    {
        List<ComparedJob> jobs = [];
        List<string> missing = [];
        foreach (var jobId in jobIds)
        {
            if (await ReadAsync(jobId, cancellation) is { } job) jobs.Add(job);
            else missing.Add(jobId);
        }

        return Comparison.Of(jobs, missing);
    }

    private async Task<ComparedJob?> ReadAsync(string jobId, CancellationToken cancellation)
    {
        // What was saved since the last look is looked for here; after it the row is up to date.
        if (await listings.ReadAsync(jobId, AskedRanking.Own, isExplained: false, cancellation) is not { } listing) return null;
        if (await storage.Jobs.FindAsync(jobId, cancellation) is not { } row || await values.OfAsync(row, cancellation) is not { } summary) return null;
        var status = statuses.Of(row);
        return new ComparedJob(
            status,
            listing.Checkpoints.FirstOrDefault(checkpoint => checkpoint.IsBest),
            summary.Metrics.ToDictionary(metric => metric.Key, StringComparer.Ordinal),
            await SetOfAsync(status, summary, cancellation),
            SettingsOf(status));
    }

    private async Task<EvaluationSet> SetOfAsync(JobStatusAnswer job, JobSummary summary, CancellationToken cancellation)
    {
        var names = summary.Metrics.Select(metric => metric.Key);
        // What was told counts for more than what can be reckoned.
        if (job.ValSamples is > 0 and var told) return EvaluationSet.Of([], names, null) with { Samples = told };
        var request = new SeriesRequest(job.JobId, [Runtime, Rate]) { Run = summary.Run, MaxPoints = MostEvaluations };
        return await storage.Series.ReadAsync(request, cancellation) is { Series: [{ Key: Runtime } runtimes, { Key: Rate } rates] }
            ? EvaluationSet.Of(Pairs(runtimes, rates), names, null)
            : EvaluationSet.Of([], names, null);
    }

    private static IEnumerable<(double Runtime, double Rate)> Pairs(MetricSeries runtimes, MetricSeries rates)
    {
        var byStep = rates.Points.ToDictionary(point => point.Step, point => point.Value);
        foreach (var point in runtimes.Points)
            if (byStep.TryGetValue(point.Step, out var rate))
                yield return (point.Value, rate);
    }

    private static RunSettings SettingsOf(JobStatusAnswer job)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var setting in FlatSettings.Of(job.Config)) values[setting.Name] = setting.Value;
        Add("model_name", job.ModelName);
        Add("dataset_name", job.DatasetName);
        Add("strategy", job.Strategy);
        Add("total_steps", job.TotalSteps?.ToString(CultureInfo.InvariantCulture));
        Add("total_epochs", job.TotalEpochs?.ToString("G6", CultureInfo.InvariantCulture));
        Add("batch_size", job.BatchSize?.ToString(CultureInfo.InvariantCulture));
        Add("gradient_accumulation_steps", job.GradientAccumulationSteps?.ToString(CultureInfo.InvariantCulture));
        Add("train_samples", job.TrainSamples?.ToString(CultureInfo.InvariantCulture));
        Add("val_samples", job.ValSamples?.ToString(CultureInfo.InvariantCulture));
        return new RunSettings(values);

        void Add(string name, string? value)
        {
            if (value is not null) values[name] = value;
        }
    }
}
