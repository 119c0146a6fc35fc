using Podium.Checkpoints.EventFiles;
using static Podium.Checkpoints.Tests.EventFiles.EventFileWriter;

namespace Podium.Checkpoints.Tests.EventFiles;

/// <summary>Files that are cut, damaged, or no event files at all.</summary>
public sealed class EventFileDamageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_EmptyFile_IsNoFault()
    {
        var reading = EventFileReader.Read(_folder.Write("events.out.tfevents.1", ""));

        reading.History.Count.ShouldBe(0);
        reading.Faults.ShouldBeEmpty();
        reading.EndsHalfWritten.ShouldBeFalse();
    }

    [Fact]
    public void Read_MissingFile_IsAFault()
    {
        var reading = EventFileReader.Read(Path.Combine(_folder.Path, "gone"));

        reading.History.Count.ShouldBe(0);
        reading.Faults.Single().Path.ShouldEndWith("gone");
    }

    [Fact]
    public void Read_NoEventFile_IsAFaultAtItsStart()
    {
        var reading = EventFileReader.Read(_folder.Write("events.out.tfevents.1", "this is a text of some length"));

        reading.Faults.Single().Offset.ShouldBe(0);
        reading.Faults.Single().Message.ShouldContain("checksum");
    }

    [Fact]
    public void Read_HalfWrittenLastRecord_KeepsWhatIsBefore()
    {
        var writer = Begun().TrainingLog(10, 3);
        var whole = (int)writer.Length;
        var bytes = writer.Scalar("train/loss", 20, 2).Bytes;
        for (var length = whole + 1; length < bytes.Length; length++)
        {
            var path = Save(bytes.AsSpan(0, length));

            var reading = EventFileReader.Read(path);

            reading.EndsHalfWritten.ShouldBeTrue();
            reading.Faults.ShouldBeEmpty();
            reading.History.Count.ShouldBe(1);
        }
    }

    [Fact]
    public void Read_TruncatedAtEveryByte_GivesAPrefix()
    {
        var bytes = Begun().TrainingLog(10, 3).EvaluationLog(10, 4).TrainingLog(20, 2).EvaluationLog(20, 3).Bytes;
        var whole = EventFileReader.Read(Save(bytes)).History;
        for (var length = 0; length < bytes.Length; length++)
        {
            var reading = EventFileReader.Read(Save(bytes.AsSpan(0, length)));

            reading.Faults.ShouldBeEmpty();
            var points = reading.History.Columns.Sum(column => column.Count);
            for (var entry = 0; entry < reading.History.Count; entry++) reading.History.Steps[entry].ShouldBe(whole.Steps[entry]);
            foreach (var column in reading.History.Columns)
                column.Values.SequenceEqual(whole.Find(column.Name)!.Values[..column.Count]).ShouldBeTrue();
            reading.WallTimes.Count.ShouldBe(reading.History.Count);
            points.ShouldBeLessThan(12);
        }
    }

    [Fact]
    public void Read_BadChecksumInTheMiddle_KeepsWhatIsBeforeAndSaysWhere()
    {
        var writer = Begun().TrainingLog(10, 3);
        var bad = writer.Length;
        var bytes = writer.TrainingLog(20, 2).Bytes;
        foreach (var (at, word) in new[] { (0, "length"), (9, "length"), (13, "data"), (40, "data") })
        {
            var damaged = (byte[])bytes.Clone();
            damaged[bad + at] ^= 0x10;

            var reading = EventFileReader.Read(Save(damaged));

            reading.History.Count.ShouldBe(1);
            reading.EndsHalfWritten.ShouldBeFalse();
            reading.Faults.Single().Offset.ShouldBe(bad);
            reading.Faults.Single().Message.ShouldContain(word);
        }
    }

    [Fact]
    public void Read_SoundRecordThatIsNoEvent_IsAFaultAndTheRestIsRead()
    {
        var writer = Begun().TrainingLog(10, 3);
        var bad = writer.Length;
        var path = writer.Record([0xFF, 0xFF, 0xFF]).TrainingLog(20, 2).Save(_folder, "events.out.tfevents.1");

        var reading = EventFileReader.Read(path);

        reading.History.Count.ShouldBe(2);
        reading.Faults.Single().Offset.ShouldBe(bad);
    }

    [Fact]
    public void Read_MutatedFiles_NeverThrowsAndAlwaysEnds()
    {
        var random = new Random(20_260_301);
        var writer = Begun();
        for (var step = 10; step <= 60; step += 10) writer.TrainingLog(step, step).EvaluationLog(step, step);
        var bytes = writer.Bytes;
        for (var round = 0; round < 2000; round++)
        {
            var mutated = bytes.AsSpan(0, random.Next(bytes.Length + 1)).ToArray();
            for (var flips = random.Next(4); flips > 0 && mutated.Length > 0; flips--) mutated[random.Next(mutated.Length)] ^= (byte)(1 << random.Next(8));

            var reading = EventFileReader.Read(Save(mutated));

            reading.History.Count.ShouldBeLessThanOrEqualTo(12);
            reading.Faults.Count.ShouldBeLessThanOrEqualTo(1);
        }
    }

    [Fact]
    public void Read_MutatedEventsInSoundFrames_NeverThrowsAndAlwaysEnds()
    {
        var random = new Random(20_260_302);
        byte[][] events =
        [
            Message(Double(1, 1), Varint(2, 5), Bytes_(5, Message(Bytes_(1, Simple("train/loss", 1)), Bytes_(1, Simple("eval/x", 2))))),
            Message(Double(1, 1), Varint(2, ulong.MaxValue), Bytes_(5, Bytes_(1, Tensor("t", Varint(1, 1), Bytes_(2, []), Bytes_(4, [0, 0, 0, 0]))))),
            Message(Bytes_(5, Bytes_(1, Tensor("t", Varint(1, 2), Double(6, 1), Varint(3, 4)))), Varint(2, 3)),
        ];
        for (var round = 0; round < 2000; round++)
        {
            var writer = Begun();
            for (var i = 0; i < 4; i++)
            {
                var mutated = (byte[])events[random.Next(events.Length)].Clone();
                for (var changes = 1 + random.Next(3); changes > 0; changes--) mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
                writer.Record(mutated);
            }

            var reading = EventFileReader.Read(Save(writer.TrainingLog(7, 1).Bytes));

            reading.History.Count.ShouldBeGreaterThan(0);
            reading.WallTimes.Count.ShouldBe(reading.History.Count);
        }
    }

    private string Save(ReadOnlySpan<byte> bytes)
    {
        var path = Path.Combine(_folder.Path, "events.out.tfevents.1");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
