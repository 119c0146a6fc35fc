using System.Globalization;
using System.Text;

namespace Podium.Cli.Tests.Retention;

/// <summary>A run folder with whole weights whose files are all hours old, so that it may be pruned.</summary>
internal sealed class PrunedRun : IDisposable
{
    private static readonly DateTime Old = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);

    private readonly TemporaryFolder _folder = new();

    public string Path => _folder.Path;

    public void Dispose() => _folder.Dispose();

    /// <summary>A run that is evaluated and saved every ten steps.</summary>
    /// <param name="name">Its name below the folder; "" is the folder itself.</param>
    /// <param name="evalLosses">One an evaluation; NaN too.</param>
    public PrunedRun Run(string name, params double[] evalLosses)
    {
        List<string> entries = [];
        for (var i = 0; i < evalLosses.Length; i++)
        {
            var step = 10 * (i + 1);
            entries.Add($$"""{ "loss": 1.5, "step": {{step}} }""");
            entries.Add($$"""{ "eval_loss": {{(double.IsNaN(evalLosses[i]) ? "NaN" : evalLosses[i].ToString("R", CultureInfo.InvariantCulture))}}, "step": {{step}} }""");
            var checkpoint = System.IO.Path.Combine(name, $"checkpoint-{step}");
            File($"{checkpoint}/model.safetensors", Weights(1000));
            File($"{checkpoint}/trainer_state.json", Encoding.UTF8.GetBytes($$"""{ "global_step": {{step}}, "log_history": [{{string.Join(", ", entries)}}] }"""));
        }

        return this;
    }

    public PrunedRun File(string path, byte[] bytes, DateTime? written = null)
    {
        var full = Full(path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
        System.IO.File.WriteAllBytes(full, bytes);
        System.IO.File.SetLastWriteTimeUtc(full, written ?? Old);
        return this;
    }

    public string Full(string path) => System.IO.Path.Combine(Path, path);

    /// <summary>The names directly below a folder, in order; what Podium keeps there apart.</summary>
    public string[] Names(string below = "") => [.. Directory.EnumerateFileSystemEntries(Full(below)).Select(path => System.IO.Path.GetFileName(path)).Where(name => name != ".podium").Order(StringComparer.Ordinal)];

    /// <summary>Whole weights of one tensor.</summary>
    public static byte[] Weights(int bytes)
    {
        var header = Encoding.UTF8.GetBytes($$$"""{"w":{"dtype":"U8","shape":[{{{bytes}}}],"data_offsets":[0,{{{bytes}}}]}}""");
        return [.. BitConverter.GetBytes((long)header.Length), .. header, .. new byte[bytes]];
    }
}
