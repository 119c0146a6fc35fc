using System.Buffers.Binary;
using System.Text;
using Podium.Checkpoints.Tests.Material;

namespace Podium.Checkpoints.Tests.Following;

/// <summary>A run folder that a test lets grow as a trainer does, with small but whole weights.</summary>
internal sealed class GrowingRun(string path)
{
    private StateText _log = new();

    public string Path { get; } = path;

    /// <summary>How many steps the run is to have.</summary>
    public long MaxSteps { get; init; } = 1000;

    public GrowingRun Log(long step, double loss, double evalLoss)
    {
        _log.Loss(step, loss).Eval(step, evalLoss);
        return this;
    }

    /// <summary>Logs and saves, as the Trainer does: first under another name, then renamed.</summary>
    public GrowingRun Save(long step, double evalLoss)
    {
        Log(step, evalLoss - 0.01, evalLoss);
        return Save(step);
    }

    public GrowingRun Save(long step)
    {
        var checkpoint = System.IO.Path.Combine(Path, $"checkpoint-{step}");
        var temporary = System.IO.Path.Combine(Path, $"tmp-checkpoint-{step}");
        Directory.CreateDirectory(System.IO.Path.Combine(temporary, "tokenizer"));
        Directory.CreateDirectory(System.IO.Path.Combine(temporary, $"global_step{step}"));
        Write(temporary, "model.safetensors", Weights(step));
        Write(temporary, "tokenizer/vocab.txt", "a\nb\n"u8.ToArray());
        Write(temporary, "optimizer.pt", new byte[64]);
        Write(temporary, "scheduler.pt", new byte[8]);
        Write(temporary, "scaler.pt", new byte[8]);
        Write(temporary, "rng_state_0.pth", new byte[8]);
        Write(temporary, $"global_step{step}/bf16_zero_pp_rank_0_mp_rank_00_optim_states.pt", new byte[64]);
        Write(temporary, "trainer_state.json", Encoding.UTF8.GetBytes(_log.Copy().Head($"\"global_step\": {step}").Tail($"\"max_steps\": {MaxSteps}").ToString()));
        if (Directory.Exists(checkpoint)) Directory.Delete(checkpoint, recursive: true);
        Directory.Move(temporary, checkpoint);
        return this;
    }

    public GrowingRun Rotate(long step)
    {
        Directory.Delete(System.IO.Path.Combine(Path, $"checkpoint-{step}"), recursive: true);
        return this;
    }

    /// <summary>Goes on from an earlier entry, as a resumed training does: what was logged after it is forgotten.</summary>
    public GrowingRun ForkAfter(int evaluations)
    {
        _log = _log.First(2 * evaluations);
        return this;
    }

    public bool Has(string path) => System.IO.Path.Exists(System.IO.Path.Combine(Path, path));

    /// <summary>The files below a folder of it, ordered.</summary>
    public string[] Files(string folder)
    {
        var root = System.IO.Path.Combine(Path, folder);
        return Directory.Exists(root)
            ? [.. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(file => System.IO.Path.GetRelativePath(root, file)).Order(StringComparer.Ordinal)]
            : [];
    }

    public string[] Kept() => System.IO.Path.Combine(Path, ".podium/kept") is var kept && Directory.Exists(kept)
        ? [.. Directory.EnumerateDirectories(kept).Select(child => System.IO.Path.GetFileName(child)).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>A whole safetensors file with one tensor, whose first number is the step.</summary>
    public static byte[] Weights(long step, int numbers = 16)
    {
        var header = Encoding.UTF8.GetBytes($$$"""{"weight":{"dtype":"F32","shape":[{{{numbers}}}],"data_offsets":[0,{{{numbers * 4}}}]}}""");
        var file = new byte[8 + header.Length + numbers * 4];
        BinaryPrimitives.WriteInt64LittleEndian(file, header.Length);
        header.CopyTo(file, 8);
        BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(8 + header.Length), step);
        return file;
    }

    private static void Write(string folder, string name, byte[] bytes) => File.WriteAllBytes(System.IO.Path.Combine(folder, name), bytes);
}
