using System.Globalization;

namespace Podium.Server.Tests.Material;

/// <summary>A run folder of two runs: the second forked from the first at step 40, and each may go on at any time.</summary>
internal sealed class ForkedFolder(string path)
{
    /// <summary>Up to here the second run has what the first one had.</summary>
    public const int Fork = 40;

    private const int Every = 10;

    public string Path => path;

    /// <summary>What a run logged, up to a step: objects of a log, in their order.</summary>
    public static IEnumerable<(int Step, string Entry)> LogOf(int run, int upTo, int after = 0)
    {
        for (var step = Every; step <= upTo; step += Every)
        {
            if (step <= after) continue;
            var of = step <= Fork ? 1 : run;
            yield return (step, string.Create(CultureInfo.InvariantCulture, $"{{\"loss\": {3.0 / (1 + step / 400.0) + of / 50.0:R}, \"step\": {step}}}"));
            yield return (step, string.Create(CultureInfo.InvariantCulture, $"{{\"eval_loss\": {EvalLossOf(of, step):R}, \"step\": {step}}}"));
        }
    }

    /// <summary>Saves a checkpoint of a run.</summary>
    /// <param name="run">1 or 2.</param>
    /// <param name="step">Its step; its folder is named by it.</param>
    /// <param name="at">When it was written.</param>
    public void Save(int run, int step, DateTimeOffset at)
    {
        var folder = System.IO.Path.Combine(path, $"checkpoint-{step}");
        Directory.CreateDirectory(folder);
        var file = System.IO.Path.Combine(folder, "trainer_state.json");
        File.WriteAllText(file, $"{{\"global_step\": {step}, \"max_steps\": 1000, \"log_history\": [{string.Join(", ", LogOf(run, step).Select(entry => entry.Entry))}]}}");
        File.SetLastWriteTimeUtc(file, at.UtcDateTime);
    }

    // Each run has its lowest somewhere else, so that it is seen which one was ranked.
    private static double EvalLossOf(int run, int step) => 1.5 + (Math.Abs(step - (run == 1 ? 80 : 70)) / 500.0) + (run / 100.0);
}
