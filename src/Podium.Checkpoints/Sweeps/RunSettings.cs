using System.Globalization;
using System.Text.Json;
using Podium.Checkpoints.Folders;
using Podium.Checkpoints.RunFolders;
using Podium.Histories;

namespace Podium.Checkpoints.Sweeps;

/// <summary>How a run was set up, as far as its files tell: what a sweep varies.</summary>
/// <param name="Values">Names and values, e.g. <c>learning_rate</c> and <c>5E-05</c>.</param>
public sealed record RunSettings(IReadOnlyDictionary<string, string> Values)
{
    private static readonly string[] AdapterKeys = ["r", "lora_alpha", "lora_dropout", "peft_type", "use_rslora", "use_dora"];

    /// <summary>Reads the settings of a run.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="run">The run.</param>
    public static RunSettings Of(RunFolder folder, FolderRun run)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(run);
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        // The highest one: a schedule starts from its peak or climbs to it.
        if (run.Run.History.Find(MetricKeys.LearningRate) is { } rates) Add(values, "learning_rate", rates.Values.ToArray().Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max());
        Add(values, "max_steps", run.Facts?.MaxSteps);
        Add(values, "num_train_epochs", run.Facts?.TrainEpochs);
        Add(values, "train_batch_size", run.Facts?.TrainBatchSize);
        AddAdapter(values, folder, run);
        return new RunSettings(values);
    }

    /// <summary>The names whose values are not the same in all of several runs, in order.</summary>
    /// <param name="settings">The settings of the runs.</param>
    public static IReadOnlyList<string> Differing(IReadOnlyCollection<RunSettings> settings) =>
    [
        .. settings.SelectMany(one => one.Values.Keys).Distinct(StringComparer.Ordinal)
            .Where(name => settings.Select(one => one.Values.GetValueOrDefault(name)).Distinct(StringComparer.Ordinal).Count() > 1)
            .Order(StringComparer.Ordinal),
    ];

    private static void Add(SortedDictionary<string, string> values, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number)) values[name] = number.ToString("G6", CultureInfo.InvariantCulture);
    }

    private static void AddAdapter(SortedDictionary<string, string> values, RunFolder folder, FolderRun run)
    {
        if (run.Run.Checkpoints.MaxBy(checkpoint => checkpoint.Step) is not { } latest) return;
        try
        {
            using var file = SharedFile.OpenStream(Path.Combine(folder.Path, latest.Path, "adapter_config.json"));
            using var config = JsonDocument.Parse(file);
            if (config.RootElement.ValueKind != JsonValueKind.Object) return;
            foreach (var key in AdapterKeys)
                if (config.RootElement.TryGetProperty(key, out var value) && value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null))
                    values[$"adapter.{key}"] = value.ToString();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            // No adapter, or none that can be read: then there is nothing to tell apart by it.
        }
    }
}
