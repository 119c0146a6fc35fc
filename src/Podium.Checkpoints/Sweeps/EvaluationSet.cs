using System.Security.Cryptography;
using Podium.Checkpoints.Folders;
using Podium.Checkpoints.RunFolders;
using Podium.Histories;

namespace Podium.Checkpoints.Sweeps;

/// <summary>What can be told of the set that a run was evaluated on, to see whether two runs' losses may be compared.</summary>
/// <param name="Samples">How many samples it has, from <c>eval_runtime × eval_samples_per_second</c>; null where those were not logged.</param>
/// <param name="Tolerance">How far off that may be, for both factors were rounded when they were logged.</param>
/// <param name="Metrics">The names of the evaluation metrics, in order.</param>
/// <param name="Tokenizer">The SHA-256 of the tokenizer's file; null where there is none.</param>
public sealed record EvaluationSet(double? Samples, double Tolerance, IReadOnlyList<string> Metrics, string? Tokenizer)
{
    private const double RuntimeRounding = 0.00005;
    private const double RateRounding = 0.0005;

    private static readonly string[] TokenizerFiles = ["tokenizer.json", "tokenizer.model", "vocab.json", "vocab.txt"];

    /// <summary>The set that a run was evaluated on.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="run">The run.</param>
    public static EvaluationSet Of(RunFolder folder, FolderRun run)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(run);
        var history = run.Run.History;
        return Of(EvaluationsOf(history), history.Columns.Select(column => column.Name), HashTokenizer(folder, run));
    }

    /// <summary>The set of a run of which only this is known.</summary>
    /// <param name="evaluations">How many seconds evaluations took, and how many samples a second they took in, as they were logged.</param>
    /// <param name="metrics">The names of all metrics that were logged.</param>
    /// <param name="tokenizer">The SHA-256 of the tokenizer's file; null where it is not known.</param>
    public static EvaluationSet Of(IEnumerable<(double Runtime, double Rate)> evaluations, IEnumerable<string> metrics, string? tokenizer)
    {
        ArgumentNullException.ThrowIfNull(evaluations);
        ArgumentNullException.ThrowIfNull(metrics);
        var (samples, tolerance) = CountSamples(evaluations);
        return new EvaluationSet(samples, tolerance, [.. metrics.Where(MetricKeys.IsEvaluationMetric).Order(StringComparer.Ordinal)], tokenizer);
    }

    /// <summary>Why the losses of two sets may not be compared; null where they look the same.</summary>
    /// <param name="other">The other set.</param>
    public string? DifferenceFrom(EvaluationSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Samples is { } mine && other.Samples is { } theirs && Math.Abs(mine - theirs) > Math.Max(0.5, Tolerance + other.Tolerance))
            return $"evaluated on about {mine:0} samples, not {theirs:0}";
        if (Metrics.Count == 0 || other.Metrics.Count == 0)
            return Metrics.Count == other.Metrics.Count ? null : Metrics.Count == 0 ? "has no evaluation" : "has evaluations, which the other has not";
        if (!Metrics.SequenceEqual(other.Metrics, StringComparer.Ordinal))
            return $"logs other evaluation metrics ({string.Join(", ", Metrics)}, not {string.Join(", ", other.Metrics)})";
        return Tokenizer is not null && other.Tokenizer is not null && Tokenizer != other.Tokenizer ? "uses another tokenizer, so that a token is not the same" : null;
    }

    private static IEnumerable<(double Runtime, double Rate)> EvaluationsOf(TrainingHistory history)
    {
        if (history.Find("eval_runtime") is not { } runtimes || history.Find("eval_samples_per_second") is not { } rates) yield break;
        for (var i = 0; i < runtimes.Count; i++)
            if (rates.TryGetValue(runtimes.Entries[i], out var rate))
                yield return (runtimes.Values[i], rate);
    }

    /// <summary>The evaluation that took longest tells best: its factors were rounded least.</summary>
    private static (double? Samples, double Tolerance) CountSamples(IEnumerable<(double Runtime, double Rate)> evaluations)
    {
        double? samples = null;
        double longest = 0, tolerance = 0;
        foreach (var (runtime, rate) in evaluations)
        {
            if (!(runtime > longest) || !(rate > 0) || !double.IsFinite(runtime * rate)) continue;
            longest = runtime;
            samples = runtime * rate;
            tolerance = runtime * rate * (RuntimeRounding / runtime + RateRounding / rate);
        }

        return (samples, tolerance);
    }

    private static string? HashTokenizer(RunFolder folder, FolderRun run)
    {
        foreach (var checkpoint in run.Run.Checkpoints.OrderByDescending(checkpoint => checkpoint.Step).Select(checkpoint => checkpoint.Path).Append("."))
        {
            foreach (var name in TokenizerFiles)
            {
                try
                {
                    using var file = SharedFile.OpenStream(Path.Combine(folder.Path, checkpoint, name), bufferSize: 4096);
                    return Convert.ToHexString(SHA256.HashData(file));
                }
                catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
                {
                    // Not there, or not for us: the next one may be.
                }
            }
        }

        return null;
    }
}
