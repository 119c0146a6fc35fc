using System.Globalization;
using System.Text;

namespace Podium.Server.Tests.Material;

/// <summary>A run folder of our own making: state files only, each with the history up to its step.</summary>
internal static class MadeRunFolder
{
    /// <summary>The training loss that was logged at a step.</summary>
    public static double LossAt(int step) => 3.0 / (1 + step / 200.0);

    /// <summary>The evaluation loss at a step: it falls, and rises again.</summary>
    public static double EvalLossAt(int step, int best) => 1.5 + Math.Abs(step - best) / 500.0;

    /// <summary>Saves a checkpoint every 20 steps.</summary>
    public static void Fill(string folder, int checkpoints, int best = 100)
    {
        var log = new StringBuilder();
        for (var i = 1; i <= checkpoints; i++)
        {
            var step = i * 20;
            Append(log, step, "loss", LossAt(step));
            Append(log, step, "eval_loss", EvalLossAt(step, best));
            Save(folder, step, log.ToString());
        }
    }

    /// <summary>Saves one more checkpoint, whose history is that of the one before and an evaluation.</summary>
    public static void Add(string folder, int step, double evalLoss)
    {
        var before = Directory.GetDirectories(folder, "checkpoint-*").MaxBy(path => int.Parse(path[(path.LastIndexOf('-') + 1)..], CultureInfo.InvariantCulture))!;
        var text = File.ReadAllText(Path.Combine(before, "trainer_state.json"));
        var log = new StringBuilder(text[(text.IndexOf('[', StringComparison.Ordinal) + 1)..text.LastIndexOf(']')]);
        Append(log, step, "loss", LossAt(step));
        Append(log, step, "eval_loss", evalLoss);
        Save(folder, step, log.ToString());
    }

    private static void Append(StringBuilder log, int step, string metric, double value) =>
        log.Append(CultureInfo.InvariantCulture, $"{(log.Length > 0 ? ", " : "")}{{\"epoch\": {step / 100.0}, \"{metric}\": {value:R}, \"step\": {step}}}");

    private static void Save(string folder, int step, string log)
    {
        var path = Path.Combine(folder, $"checkpoint-{step}");
        Directory.CreateDirectory(path);
        File.WriteAllText(
            Path.Combine(path, "trainer_state.json"),
            string.Create(CultureInfo.InvariantCulture, $"{{\"epoch\": {step / 100.0}, \"global_step\": {step}, \"max_steps\": 100000, \"log_history\": [{log}]}}"));
    }
}
