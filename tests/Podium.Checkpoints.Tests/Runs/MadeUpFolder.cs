using System.Globalization;
using System.Text;
using Podium.Checkpoints.Tests.Material;

namespace Podium.Checkpoints.Tests.Runs;

/// <summary>A random run folder in memory: one to three forks with 3 to 12 checkpoints, as trainers leave them.</summary>
internal sealed class MadeUpFolder
{
    private static readonly string[] Metrics = ["loss", "eval_loss", "grad_norm", "learning_rate", "eval_accuracy", "reward"];

    /// <summary>The bytes of each state file, by its folder's name.</summary>
    public SortedDictionary<string, byte[]> Files { get; } = new(StringComparer.Ordinal);

    public static MadeUpFolder Make(Random random)
    {
        var folder = new MadeUpFolder();
        var pretty = random.Next(3) > 0;
        var spacing = random.Next(1, 4) * 10;
        var logs = random.Next(1, 9);
        var saved = random.Next(3, 13);
        var main = new StateText();
        List<(long Step, int Entries)> checkpoints = [];
        Continue(random, main, checkpoints, 0, saved, spacing, logs);
        folder.Save(random, main, checkpoints, pretty);

        for (var forks = random.Next(3); forks > 0; forks--)
        {
            // From a checkpoint, as a resumed Trainer does, or from anywhere.
            var from = checkpoints[random.Next(checkpoints.Count)];
            var entries = random.Next(3) > 0 ? from.Entries : random.Next(main.Count);
            var fork = main.First(entries);
            List<(long, int)> own = [];
            Continue(random, fork, own, from.Step + random.Next(2), random.Next(1, Math.Max(2, saved / 2)), spacing, logs);
            folder.Save(random, fork, own, pretty);
        }

        if (random.Next(10) == 0) folder.Files["checkpoint-1"] = Encoding.UTF8.GetBytes(new StateText().ToString(pretty));
        return folder;
    }

    public void Write(string path)
    {
        if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
        foreach (var (name, bytes) in Files)
        {
            Directory.CreateDirectory(Path.Combine(path, name));
            File.WriteAllBytes(Path.Combine(path, name, "trainer_state.json"), bytes);
        }
    }

    private static void Continue(Random random, StateText log, List<(long, int)> checkpoints, long step, int count, int spacing, int logs)
    {
        for (var i = 0; i < count; i++)
        {
            for (var entry = 0; entry < logs; entry++)
            {
                step += spacing / 10;
                log.Entry(AnyEntry(random, step, evaluation: false));
            }

            if (random.Next(4) > 0) log.Entry(AnyEntry(random, step, evaluation: true));
            checkpoints.Add((step, log.Count));
        }
    }

    private static string[] AnyEntry(Random random, long step, bool evaluation)
    {
        List<string> members = [$"\"epoch\": {StateText.Number(step / 100.0)}"];
        members.AddRange(evaluation ? [Member(random, "eval_loss"), "\"eval_runtime\": 1.5"] : [Member(random, "loss")]);
        if (random.Next(2) == 0) members.Add(Member(random, Metrics[random.Next(2, Metrics.Length)]));
        if (random.Next(20) == 0) members.Add("\"note\": \"a \\\"b\\\" {[\"");
        if (random.Next(40) == 0) members.Add("\"nested\": {\"a\": [1, {\"b\": \"}\"}]}");
        if (random.Next(60) > 0) members.Add($"\"step\": {step}");
        return [.. members];
    }

    private static string Member(Random random, string name)
    {
        var value = random.Next(12) switch
        {
            0 => "NaN",
            1 => random.Next(2) == 0 ? "Infinity" : "-Infinity",
            2 => "0.0",
            3 => "null",
            4 => random.NextDouble().ToString("E3", CultureInfo.InvariantCulture),
            _ => StateText.Number(random.NextDouble() * 5),
        };
        return $"\"{name}\": {value}";
    }

    private void Save(Random random, StateText log, List<(long Step, int Entries)> checkpoints, bool pretty)
    {
        foreach (var (step, entries) in checkpoints)
        {
            var state = log.First(entries).Head("\"best_metric\": null").Head($"\"best_model_checkpoint\": \"out/checkpoint-{step}\"").Head($"\"epoch\": {StateText.Number(step / 100.0)}").Head($"\"global_step\": {step}");
            state.Tail("\"logging_steps\": 10").Tail($"\"max_steps\": {log.Count * 10}").Tail("\"stateful_callbacks\": {\"TrainerControl\": {\"args\": {\"should_log\": false}, \"attributes\": []}}").Tail("\"trial_name\": null");
            Files[$"checkpoint-{step}"] = Encoding.UTF8.GetBytes(state.ToString(random.Next(30) == 0 ? !pretty : pretty));
        }
    }
}
