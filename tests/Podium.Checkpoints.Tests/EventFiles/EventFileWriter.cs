using System.Buffers.Binary;
using System.Text;

namespace Podium.Checkpoints.Tests.EventFiles;

/// <summary>Writes event files as TensorBoard's writers do, independently of the reader: its own CRC, bit by bit.</summary>
internal sealed class EventFileWriter
{
    private readonly List<byte> _file = [];

    public byte[] Bytes => [.. _file];

    public long Length => _file.Count;

    public double Clock { get; set; } = 1_700_000_000;

    public static EventFileWriter Begun(double clock = 1_700_000_000)
    {
        var writer = new EventFileWriter { Clock = clock };
        writer.Record(Message(Double(1, clock), Bytes_(3, "brain.Event:2"u8)));
        return writer;
    }

    public EventFileWriter Scalar(string tag, long step, float value) => Event(step, Simple(tag, value));

    public EventFileWriter TrainingLog(long step, float loss) =>
        Scalar("train/loss", step, loss).Scalar("train/learning_rate", step, 1e-4f).Scalar("train/epoch", step, step / 10f);

    public EventFileWriter EvaluationLog(long step, float loss) =>
        Scalar("eval/loss", step, loss).Scalar("eval/runtime", step, 0.5f).Scalar("train/epoch", step, step / 10f);

    public EventFileWriter Event(long step, params byte[][] values)
    {
        Clock += 0.001;
        return Record(Message(Double(1, Clock), Varint(2, (ulong)step), Bytes_(5, Message([.. values.Select(value => Bytes_(1, value))]))));
    }

    public EventFileWriter Record(byte[] data)
    {
        Span<byte> header = stackalloc byte[12];
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], Masked(header[..8]));
        _file.AddRange(header);
        _file.AddRange(data);
        BinaryPrimitives.WriteUInt32LittleEndian(header, Masked(data));
        _file.AddRange(header[..4]);
        return this;
    }

    public string Save(TemporaryFolder folder, string relativePath)
    {
        var path = Path.Combine(folder.Path, relativePath);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, Bytes);
        return path;
    }

    public static byte[] Simple(string tag, float value) => Message(Bytes_(1, Encoding.UTF8.GetBytes(tag)), Float(2, value));

    public static byte[] Tensor(string tag, params byte[][] tensor) => Message(Bytes_(1, Encoding.UTF8.GetBytes(tag)), Bytes_(8, Message(tensor)));

    public static byte[] Message(params byte[][] fields) => [.. fields.SelectMany(field => field)];

    public static byte[] Varint(int field, ulong value) => [.. Base128((ulong)field << 3), .. Base128(value)];

    public static byte[] Double(int field, double value) => [.. Base128((ulong)field << 3 | 1), .. BitConverter.GetBytes(value)];

    public static byte[] Float(int field, float value) => [.. Base128((ulong)field << 3 | 5), .. BitConverter.GetBytes(value)];

    public static byte[] Bytes_(int field, ReadOnlySpan<byte> bytes) => [.. Base128((ulong)field << 3 | 2), .. Base128((ulong)bytes.Length), .. bytes];

    private static List<byte> Base128(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7) bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return bytes;
    }

    private static uint Masked(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var one in data)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 1 ? crc >> 1 ^ 0x82F63B78 : crc >> 1;
        }

        crc = ~crc;
        return (crc >> 15 | crc << 17) + 0xa282ead8;
    }
}
