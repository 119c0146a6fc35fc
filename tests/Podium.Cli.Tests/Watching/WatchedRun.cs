using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Podium.Cli.Tests.Watching;

/// <summary>A run folder that grows beside podium, with whole weights; saved as the Trainer saves, and rotated.</summary>
internal sealed class WatchedRun(string path)
{
    private readonly List<string> _entries = [];

    public string Path { get; } = path;

    public long MaxSteps { get; init; } = 1000;

    /// <summary>How large the weights are, in numbers of four bytes.</summary>
    public int Numbers { get; init; } = 16;

    /// <summary>How many files of weights a checkpoint has.</summary>
    public int Files { get; init; } = 1;

    public WatchedRun Save(long step, double evalLoss)
    {
        _entries.Add(string.Create(CultureInfo.InvariantCulture, $$"""{ "epoch": {{step / 10.0}}, "loss": {{evalLoss - 0.1}}, "step": {{step}} }"""));
        _entries.Add(string.Create(CultureInfo.InvariantCulture, $$"""{ "epoch": {{step / 10.0}}, "eval_loss": {{evalLoss}}, "step": {{step}} }"""));
        var temporary = System.IO.Path.Combine(Path, $"tmp-checkpoint-{step}");
        Directory.CreateDirectory(temporary);
        for (var i = 0; i < Files; i++) File.WriteAllBytes(System.IO.Path.Combine(temporary, i == 0 ? "model.safetensors" : $"part-{i}.safetensors"), Weights());
        File.WriteAllBytes(System.IO.Path.Combine(temporary, "optimizer.pt"), new byte[64]);
        File.WriteAllText(System.IO.Path.Combine(temporary, "trainer_state.json"), $$"""{ "epoch": {{step}}.0, "global_step": {{step}}, "log_history": [{{string.Join(", ", _entries)}}], "max_steps": {{MaxSteps}} }""");
        Directory.Move(temporary, System.IO.Path.Combine(Path, $"checkpoint-{step}"));
        return this;
    }

    public WatchedRun Rotate(long step)
    {
        Directory.Delete(System.IO.Path.Combine(Path, $"checkpoint-{step}"), recursive: true);
        return this;
    }

    public string[] Kept() => System.IO.Path.Combine(Path, ".podium/kept") is var kept && Directory.Exists(kept)
        ? [.. Directory.EnumerateDirectories(kept).Select(child => System.IO.Path.GetFileName(child)).Order(StringComparer.Ordinal)]
        : [];

    private byte[] Weights()
    {
        var header = Encoding.UTF8.GetBytes($$$"""{"weight":{"dtype":"F32","shape":[{{{Numbers}}}],"data_offsets":[0,{{{Numbers * 4L}}}]}}""");
        var file = new byte[8 + header.Length + Numbers * 4];
        BinaryPrimitives.WriteInt64LittleEndian(file, header.Length);
        header.CopyTo(file, 8);
        return file;
    }
}
