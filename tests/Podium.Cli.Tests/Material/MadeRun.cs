using System.Globalization;

namespace Podium.Cli.Tests.Material;

/// <summary>A run folder that a test makes up, entry by entry.</summary>
/// <param name="folder">Where it lies.</param>
/// <param name="name">Its name there; "" is the folder itself.</param>
internal sealed class MadeRun(TemporaryFolder folder, string name)
{
    private readonly List<string> _entries = [];

    public string Path { get; } = name.Length == 0 ? folder.Path : System.IO.Path.Combine(folder.Path, name);

    /// <summary>A run that is evaluated and saved every ten steps; the training loss lies 0.1 below each evaluation loss.</summary>
    public static MadeRun Usual(TemporaryFolder folder, string name = "", int samples = 400, params double[] evalLosses)
    {
        var run = new MadeRun(folder, name);
        for (var i = 0; i < evalLosses.Length; i++)
        {
            var step = 10 * (i + 1);
            run.Log(step, $"\"loss\": {Number(evalLosses[i] - 0.1)}, \"learning_rate\": 5e-05")
                .Log(step, $"\"eval_loss\": {Number(evalLosses[i])}, \"eval_runtime\": 2.0, \"eval_samples_per_second\": {Number(samples / 2.0)}")
                .Save(step);
        }

        return run;
    }

    /// <summary>Adds an entry to the log.</summary>
    /// <param name="step">Its step.</param>
    /// <param name="members">Its other members, as JSON.</param>
    public MadeRun Log(long step, string members)
    {
        _entries.Add($$"""{ "epoch": {{step}}.0, {{members}}, "step": {{step}} }""");
        return this;
    }

    /// <summary>Saves a checkpoint with the log so far.</summary>
    public MadeRun Save(long step) => Save($"checkpoint-{step}", step);

    public MadeRun Save(string checkpoint, long step)
    {
        WeightFiles.WriteSafetensors(System.IO.Path.Combine(folder.Path, In(checkpoint, "model.safetensors")));
        folder.Write(In(checkpoint, "trainer_state.json"), $$"""{ "global_step": {{step}}, "log_history": [{{string.Join(", ", _entries)}}] }""");
        return this;
    }

    private string In(string checkpoint, string file) => System.IO.Path.Combine(name, checkpoint, file);

    private static string Number(double value) => double.IsNaN(value) ? "NaN" : value.ToString("R", CultureInfo.InvariantCulture);
}
