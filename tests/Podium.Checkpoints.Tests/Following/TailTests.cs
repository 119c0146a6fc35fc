using System.Text;
using Podium.Checkpoints.Following;
using Podium.Checkpoints.EventFiles;
using Podium.Checkpoints.LlamaFactory;
using Podium.Checkpoints.Tests.EventFiles;

namespace Podium.Checkpoints.Tests.Following;

public sealed class TailTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Log => Path.Combine(_folder.Path, "trainer_log.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EventFile_GrowingByteByByte_ParsesEachRecordOnce_AndSaysWhatAReadingAtOnceSays()
    {
        var whole = EventFileWriter.Begun().TrainingLog(5, 2.5f).EvaluationLog(10, 1.25f).TrainingLog(15, float.NaN);
        var path = Path.Combine(_folder.Path, "events.out.tfevents.1");
        var tail = new EventFileTail(path);
        for (var length = 0; length < whole.Length; length += 7)
        {
            File.WriteAllBytes(path, whole.Bytes[..length]);
            tail.ReadOn();
        }

        File.WriteAllBytes(path, whole.Bytes);
        tail.ReadOn();
        tail.ReadOn();

        tail.Parsed.ShouldBe(10);
        tail.Reading.History.Show().ShouldBe(EventFileReader.Read(path).History.Show());
    }

    [Fact]
    public void EventFile_Truncated_IsReadFromItsStart()
    {
        var path = EventFileWriter.Begun().TrainingLog(5, 2.5f).TrainingLog(10, 2f).Save(_folder, "events.out.tfevents.1");
        var tail = new EventFileTail(path);
        tail.ReadOn();
        EventFileWriter.Begun(1_700_000_999).TrainingLog(1, 7f).Save(_folder, "events.out.tfevents.1");
        tail.ReadOn();

        tail.Reading.History.Steps.ToArray().ShouldBe([1]);
    }

    [Fact]
    public void EventFile_WrittenAnewAndLonger_IsReadFromItsStart()
    {
        var path = EventFileWriter.Begun().TrainingLog(5, 2.5f).Save(_folder, "events.out.tfevents.1");
        var tail = new EventFileTail(path);
        tail.ReadOn();
        EventFileWriter.Begun(1_700_000_999).TrainingLog(1, 7f).TrainingLog(2, 6f).TrainingLog(3, 5f).Save(_folder, "events.out.tfevents.1");
        tail.ReadOn();

        tail.Reading.History.Steps.ToArray().ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void EventFile_Damaged_SaysWhatStandsBeforeTheDamage()
    {
        var bytes = EventFileWriter.Begun().TrainingLog(5, 2.5f).TrainingLog(10, 2f).Bytes;
        bytes[^30] ^= 0xff;
        var path = Path.Combine(_folder.Path, "events.out.tfevents.1");
        File.WriteAllBytes(path, bytes);
        var tail = new EventFileTail(path);
        tail.ReadOn();
        tail.ReadOn();

        tail.Reading.History.Steps.ToArray()[0].ShouldBe(5);
        tail.Parsed.ShouldBeLessThan(7);
    }

    [Fact]
    public void TrainerLog_GrowingByteByByte_ParsesEachLineOnce_AndSaysWhatAReadingAtOnceSays()
    {
        var text = string.Concat(Enumerable.Range(1, 12).Select(i => $$"""{"current_steps": {{i}}, "total_steps": 12, "loss": {{i}}.5, "lr": NaN}""" + "\n"));
        var tail = new TrainerLogTail(Log);
        tail.ReadOn();
        for (var length = 0; length <= text.Length; length += 11)
        {
            File.WriteAllText(Log, text[..length]);
            tail.ReadOn();
        }

        File.WriteAllText(Log, text);
        tail.ReadOn();

        tail.Parsed.ShouldBe(12);
        tail.Reading.TotalSteps.ShouldBe(12);
        tail.Reading.History.Show().ShouldBe(TrainerLogReader.Read(Log).History.Show());
    }

    [Fact]
    public void TrainerLog_WrittenAnew_IsReadFromItsStart()
    {
        File.WriteAllText(Log, """{"current_steps": 5, "loss": 1.5}""" + "\n");
        var tail = new TrainerLogTail(Log);
        tail.ReadOn();
        File.WriteAllBytes(Log, Encoding.UTF8.GetBytes("""{"current_steps": 1, "loss": 9.5}""" + "\n" + """{"current_steps": 2, "loss": 9}""" + "\n"));
        tail.ReadOn();

        tail.Reading.History.Steps.ToArray().ShouldBe([1, 2]);
    }

    [Fact]
    public void LiveLog_NewLaunch_IsTheOneThatIsRead()
    {
        EventFileWriter.Begun(1_700_000_000).TrainingLog(500, 1f).Save(_folder, "runs/a/events.out.tfevents.1");
        var live = new LiveLog(_folder.Path);
        live.ReadOn()!.History.LastStep.ShouldBe(500);
        EventFileWriter.Begun(1_700_009_000).Save(_folder, "runs/b/events.out.tfevents.2");
        live.ReadOn()!.History.LastStep.ShouldBe(500);
        EventFileWriter.Begun(1_700_009_000).TrainingLog(5, 3f).Save(_folder, "runs/b/events.out.tfevents.2");

        live.ReadOn()!.History.LastStep.ShouldBe(5);
    }

    [Fact]
    public void LiveLog_NothingThere_IsNull() => new LiveLog(_folder.Path).ReadOn().ShouldBeNull();
}
