using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Podium.Testing;

/// <summary>Writes small weight files as the real trainers write them.</summary>
public static class WeightFiles
{
    /// <summary>The metadata that Transformers writes.</summary>
    public const string Metadata = "{\"format\":\"pt\"}";

    /// <summary>A safetensors file of tensors of 32-bit numbers.</summary>
    public static byte[] Safetensors(IEnumerable<(string Name, int[] Shape)> tensors, string? metadata = Metadata)
    {
        var header = new StringBuilder("{");
        if (metadata is not null) header.Append(CultureInfo.InvariantCulture, $"\"__metadata__\":{metadata},");
        var end = 0;
        foreach (var (name, shape) in tensors)
        {
            var begin = end;
            end += 4 * shape.Aggregate(1, (product, length) => product * length);
            header.Append(CultureInfo.InvariantCulture, $"\"{name}\":{{\"dtype\":\"F32\",\"shape\":[{string.Join(',', shape)}],\"data_offsets\":[{begin},{end}]}},");
        }

        header.Length--;
        return Safetensors(header.Append('}').ToString(), end);
    }

    /// <summary>A safetensors file of a header as it stands, which is padded to eight bytes, and data.</summary>
    public static byte[] Safetensors(string header, int dataLength)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var padded = (text.Length + 7) / 8 * 8;
        var file = new byte[8 + padded + dataLength];
        BinaryPrimitives.WriteInt64LittleEndian(file, padded);
        file.AsSpan(8, padded).Fill((byte)' ');
        text.CopyTo(file, 8);
        for (var i = 8 + padded; i < file.Length; i++) file[i] = (byte)(i * 31);
        return file;
    }

    /// <summary>Writes a safetensors file of one tensor, or of those given.</summary>
    public static void WriteSafetensors(string path, params (string Name, int[] Shape)[] tensors) => Write(path, Safetensors(tensors.Length == 0 ? [("w", [4])] : tensors));

    /// <summary>Writes an index beside its shards.</summary>
    public static void WriteIndex(string path, IEnumerable<(string Tensor, string Shard)> places, string metadata = "{}") =>
        Write(path, Encoding.UTF8.GetBytes($"{{\"metadata\":{metadata},\"weight_map\":{{{string.Join(',', places.Select(place => $"\"{place.Tensor}\":\"{place.Shard}\""))}}}}}"));

    /// <summary>Writes a file as torch.save does: a zip file whose entries are not packed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="pickle">What the pickle holds, as text.</param>
    public static void WriteTorch(string path, string pickle = "weights") => Write(path, Torch(pickle));

    /// <summary>The bytes of such a file.</summary>
    public static byte[] Torch(string pickle = "weights")
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(archive, "archive/data.pkl", Encoding.UTF8.GetBytes(pickle));
            Add(archive, "archive/byteorder", "little"u8.ToArray());
            for (var i = 0; i < 3; i++) Add(archive, $"archive/data/{i}", [.. Enumerable.Range(0, 64).Select(n => (byte)(n * 7 + i))]);
            Add(archive, "archive/version", "3\n"u8.ToArray());
        }

        return stream.ToArray();
    }

    /// <summary>The beginning of a file of torch's format before 1.6.</summary>
    public static byte[] LegacyTorch() => [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.', 0x80, 2, (byte)'M', 0xe9, 3, (byte)'.'];

    /// <summary>Writes what DeepSpeed ZeRO leaves in a checkpoint.</summary>
    /// <param name="checkpoint">The checkpoint's folder.</param>
    /// <param name="stage">1, 2 or 3.</param>
    /// <param name="ranks">How many processes there were.</param>
    /// <param name="script">The text of zero_to_fp32.py; null: it is not there.</param>
    public static void WriteDeepSpeed(string checkpoint, int stage, int ranks, string? script = "parser.add_argument('--safe_serialization')")
    {
        var shards = Path.Combine(checkpoint, "global_step40");
        for (var rank = 0; rank < ranks; rank++)
        {
            WriteTorch(Path.Combine(shards, $"bf16_zero_pp_rank_{rank}_mp_rank_00_optim_states.pt"));
            if (stage == 3) WriteTorch(Path.Combine(shards, $"zero_pp_rank_{rank}_mp_rank_00_model_states.pt"));
        }

        if (stage < 3) WriteTorch(Path.Combine(shards, "mp_rank_00_model_states.pt"));
        if (script is not null) Write(Path.Combine(checkpoint, "zero_to_fp32.py"), Encoding.UTF8.GetBytes(script));
        Write(Path.Combine(checkpoint, "latest"), "global_step40"u8.ToArray());
    }

    /// <summary>Writes what FSDP leaves of the weights or of the optimizer.</summary>
    /// <param name="folder">The folder in the checkpoint.</param>
    /// <param name="ranks">How many processes there were.</param>
    public static void WriteFsdp(string folder, int ranks)
    {
        List<byte> metadata = [0x80, 4];
        for (var rank = 0; rank < ranks; rank++)
        {
            var name = $"__{rank}_0.distcp";
            // Several tensors, each a zip file, one behind the other.
            Write(Path.Combine(folder, name), [.. Torch(), .. Torch()]);
            metadata.AddRange([0x8c, (byte)name.Length, .. Encoding.ASCII.GetBytes(name)]);
        }

        metadata.Add((byte)'.');
        Write(Path.Combine(folder, ".metadata"), [.. metadata]);
    }

    /// <summary>Writes a file and makes the folders above it.</summary>
    public static void Write(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }

    private static void Add(ZipArchive archive, string name, byte[] bytes)
    {
        using var entry = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
        entry.Write(bytes);
    }
}
