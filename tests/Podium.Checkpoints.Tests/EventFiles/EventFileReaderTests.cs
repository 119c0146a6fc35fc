using System.Text.Json;
using Podium.Checkpoints.EventFiles;
using static Podium.Checkpoints.Tests.EventFiles.EventFileWriter;

namespace Podium.Checkpoints.Tests.EventFiles;

public sealed class EventFileReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_RealTrainersFile_GivesWhatTensorBoardReads()
    {
        using var golden = JsonDocument.Parse(File.ReadAllText(SharedMaterial.Require("golden/tfevents.json")));
        var path = SharedMaterial.Require(golden.RootElement.GetProperty("file").GetString()!);

        var reading = EventFileReader.Read(path);

        reading.Faults.ShouldBeEmpty();
        reading.EndsHalfWritten.ShouldBeFalse();
        var scalars = golden.RootElement.GetProperty("scalars").EnumerateObject().ToList();
        reading.History.Columns.Count.ShouldBe(scalars.Count);
        foreach (var scalar in scalars)
        {
            var column = reading.History.Find(EventTags.ToMetric(scalar.Name)).ShouldNotBeNull(scalar.Name);
            var expected = scalar.Value.EnumerateArray().Select(point => (point[0].GetInt64(), point[1].GetDouble())).ToList();
            var actual = new List<(long, double)>();
            for (var i = 0; i < column.Count; i++) actual.Add((reading.History.Steps[column.Entries[i]], column.Values[i]));
            actual.ShouldBe(expected, scalar.Name);
        }
    }

    [Fact]
    public void Read_RealTrainersFile_HasTheEntriesOfItsLog()
    {
        var path = Directory.GetFiles(SharedMaterial.Require("hf-runs/gpt2-full/runs"), "events*", SearchOption.AllDirectories).Single();
        using var state = JsonDocument.Parse(File.ReadAllText(SharedMaterial.Require("hf-runs/gpt2-full/checkpoint-200/trainer_state.json")));
        var log = state.RootElement.GetProperty("log_history").EnumerateArray().ToList();

        var history = EventFileReader.Read(path).History;

        // The checkpoint was saved before the closing entry.
        history.Count.ShouldBe(log.Count + 1);
        for (var entry = 0; entry < log.Count; entry++)
        {
            history.Steps[entry].ShouldBe(log[entry].GetProperty("step").GetInt64());
            var expected = log[entry].EnumerateObject().Where(member => member.Name != "step").ToDictionary(member => member.Name, member => (float)member.Value.GetDouble());
            history.Columns.Where(column => column.TryGetValue(entry, out _)).Select(column => column.Name).ShouldBe(expected.Keys, ignoreOrder: true);
            foreach (var (metric, value) in expected) ((float)ValueAt(history, metric, entry)).ShouldBe(value, metric);
        }

        ValueAt(history, "train_loss_mean", log.Count).ShouldBe(4.121476650238037);
        ValueAt(history, "train_runtime", log.Count).ShouldBe(2.873300075531006);
    }

    [Fact]
    public void Read_TrainingAndEvaluationAtOneStep_StandInEntriesOfTheirOwn()
    {
        var path = Begun().TrainingLog(10, 3).EvaluationLog(10, 4).TrainingLog(20, 2).Save(_folder, "events.out.tfevents.1");

        EventFileReader.Read(path).History.Show().ShouldBe("""
            10: loss=3 learning_rate=0.0001 epoch=1
            10: epoch=1 eval_loss=4 eval_runtime=0.5
            20: loss=2 learning_rate=0.0001 epoch=2
            """);
    }

    [Fact]
    public void Read_SeveralEvaluationSetsAtOneStep_StandInEntriesOfTheirOwn()
    {
        var path = Begun()
            .Scalar("eval/near_loss", 10, 1).Scalar("train/epoch", 10, 1).Scalar("train/num_input_tokens_seen", 10, 64)
            .Scalar("eval/far_loss", 10, 2).Scalar("train/epoch", 10, 1).Scalar("train/num_input_tokens_seen", 10, 64)
            .Save(_folder, "events.out.tfevents.1");

        EventFileReader.Read(path).History.Show().ShouldBe("""
            10: eval_near_loss=1 epoch=1 num_input_tokens_seen=64
            10: epoch=1 num_input_tokens_seen=64 eval_far_loss=2
            """);
    }

    [Fact]
    public void Read_ClosingEntryBehindATrainingLogOfTheSameStep_StandsAlone()
    {
        var path = Begun().TrainingLog(10, 3)
            .Scalar("train/train_runtime", 10, 7).Scalar("train/train_loss", 10, 5).Scalar("train/epoch", 10, 1)
            .Save(_folder, "events.out.tfevents.1");

        EventFileReader.Read(path).History.Show().ShouldBe("""
            10: loss=3 learning_rate=0.0001 epoch=1
            10: epoch=1 train_runtime=7 train_loss_mean=5
            """);
    }

    [Fact]
    public void Read_AnotherProgramsTags_KeepsThemAndGroupsByStep()
    {
        var path = Begun()
            .Scalar("epoch", 1, 0).Scalar("Loss/val", 1, 3).Scalar("acc", 1, 0.5f)
            .Scalar("Loss/val", 1, 2).Scalar("train/", 1, 9).Scalar("Loss/val", 2, 1)
            .Save(_folder, "events.out.tfevents.1");

        EventFileReader.Read(path).History.Show().ShouldBe("""
            1: epoch=0 Loss/val=3 acc=0.5
            1: Loss/val=2 train/=9
            2: Loss/val=1
            """);
    }

    [Fact]
    public void Read_TwoTagsOfOneMetric_DoNotOverwriteEachOther()
    {
        var path = Begun().Scalar("train/loss", 1, 3).Scalar("loss", 1, 4).Save(_folder, "events.out.tfevents.1");

        EventFileReader.Read(path).History.Show().ShouldBe("1: loss=3\n1: loss=4");
    }

    [Fact]
    public void Read_WallTimes_AreThoseOfEachEntrysFirstPoint()
    {
        var path = Begun(1000).TrainingLog(10, 3).TrainingLog(20, 2).Save(_folder, "events.out.tfevents.1");

        var times = EventFileReader.Read(path).WallTimes;

        times.Count.ShouldBe(2);
        times[0].ShouldBe(1000.001, 1e-6);
        times[1].ShouldBe(1000.004, 1e-6);
    }

    [Fact]
    public void Read_SeveralValuesInOneEvent_TakesThemAll()
    {
        var path = Begun().Event(3, Simple("a", 1), Simple("b", float.NaN), Simple("c", float.NegativeInfinity)).Save(_folder, "events.out.tfevents.1");

        EventFileReader.Read(path).History.Show().ShouldBe("3: a=1 b=NaN c=-Infinity");
    }

    [Fact]
    public void Read_Tensors_TakesFloatingPointScalarsOnly()
    {
        byte[] scalarShape = Bytes_(2, []);
        var path = Begun()
            .Event(1, Tensor("content", Varint(1, 1), scalarShape, Bytes_(4, BitConverter.GetBytes(1.5f))))
            .Event(2, Tensor("packed", Varint(1, 1), scalarShape, Bytes_(5, BitConverter.GetBytes(2.5f))))
            .Event(3, Tensor("unpacked", Varint(1, 1), scalarShape, Float(5, 3.5f)))
            .Event(4, Tensor("double_content", Varint(1, 2), scalarShape, Bytes_(4, BitConverter.GetBytes(4.1))))
            .Event(5, Tensor("double_packed", Varint(1, 2), Bytes_(6, BitConverter.GetBytes(5.1))))
            .Event(6, Tensor("double_unpacked", Varint(1, 2), Double(6, 6.1)))
            .Event(7, Tensor("text", Varint(1, 7), Bytes_(8, "hello"u8)))
            .Event(8, Tensor("two", Varint(1, 1), Bytes_(4, [1, 2, 3, 4, 5, 6, 7, 8])))
            .Event(9, Tensor("two_unpacked", Varint(1, 1), Float(5, 1), Float(5, 2)))
            .Event(10, Tensor("int", Varint(1, 3), Bytes_(4, [1, 2, 3, 4])))
            .Event(11, Tensor("nothing", Varint(1, 1)))
            .Save(_folder, "events.out.tfevents.1");

        var reading = EventFileReader.Read(path);

        reading.Faults.ShouldBeEmpty();
        reading.History.Show().ShouldBe("""
            1: content=1.5
            2: packed=2.5
            3: unpacked=3.5
            4: double_content=4.1
            5: double_packed=5.1
            6: double_unpacked=6.1
            """);
        ValueAt(reading.History, "double_content", 3).ShouldBe(4.1);
    }

    [Fact]
    public void Read_RecordLongerThanAnyScalar_IsPassedOver()
    {
        var image = new byte[(16 << 20) + 1];
        var path = Begun().TrainingLog(10, 3).Record(image).TrainingLog(20, 2).Save(_folder, "events.out.tfevents.1");

        var reading = EventFileReader.Read(path);

        reading.Faults.ShouldBeEmpty();
        reading.History.Count.ShouldBe(2);
    }

    [Fact]
    public void Read_ManyPoints_AllocatesForWhatItKeepsOnly()
    {
        var writer = Begun();
        for (var step = 1; step <= 20_000; step++) writer.Scalar("train/loss", step, step);
        var path = writer.Save(_folder, "events.out.tfevents.1");
        EventFileReader.Read(path);

        var before = GC.GetAllocatedBytesForCurrentThread();
        EventFileReader.Read(path);
        var bytesPerPoint = (GC.GetAllocatedBytesForCurrentThread() - before) / 20_000.0;

        // A step, an entry, a value and a time take 28 bytes; arrays double, and what they grew out of is garbage.
        bytesPerPoint.ShouldBeLessThan(4 * 28);
    }

    private static double ValueAt(Podium.Histories.TrainingHistory history, string metric, int entry)
    {
        history.Find(metric).ShouldNotBeNull(metric).TryGetValue(entry, out var value).ShouldBeTrue(metric);
        return value;
    }
}
