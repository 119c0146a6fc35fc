using Podium.Checkpoints.LlamaFactory;
using Podium.Checkpoints.Tests.EventFiles;

namespace Podium.Checkpoints.Tests.LlamaFactory;

public sealed class TrainerLogReaderTests : IDisposable
{
    private const string Training = """{"current_steps": 10, "total_steps": 30, "loss": 2.5, "lr": 1e-06, "epoch": 0.5, "percentage": 33.3, "elapsed_time": "0:00:32", "remaining_time": "1 day, 0:01:04"}""";
    private const string Evaluation = """{"current_steps": 10, "total_steps": 30, "eval_loss": 2.25, "epoch": 0.5, "percentage": 33.3, "elapsed_time": "0:00:40"}""";
    private const string Closing = """{"current_steps": 30, "total_steps": 30, "epoch": 1.5, "percentage": 100.0, "elapsed_time": "0:01:32"}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_RealLog_HasItsLinesAndTotal()
    {
        var reading = TrainerLogReader.Read(SharedMaterial.Require("corpus/xueh88401-web__qwen2.5-7b-medical-finetune/trainer_log.jsonl"));

        reading.Faults.ShouldBeEmpty();
        reading.EndsHalfWritten.ShouldBeFalse();
        reading.TotalSteps.ShouldBe(6750);
        reading.History.Count.ShouldBe(689);
        reading.History.LastStep.ShouldBe(6750);
        reading.History.Columns.Select(column => (column.Name, column.Count)).ShouldBe([("loss", 675), ("learning_rate", 675), ("epoch", 689), ("eval_loss", 13)], ignoreOrder: true);
    }

    [Fact]
    public void Read_TrainingEvaluationAndClosingLines_AreEntriesInTheirOrder()
    {
        var reading = Read($"{Training}\n{Evaluation}\n{Closing}\n");

        reading.TotalSteps.ShouldBe(30);
        reading.History.Show().ShouldBe("""
            10: loss=2.5 learning_rate=1E-06 epoch=0.5
            10: epoch=0.5 eval_loss=2.25
            30: epoch=1.5
            """);
    }

    [Fact]
    public void Read_CrlfByteOrderMarkAndEmptyLines_AreUnderstood()
    {
        var reading = Read($"\uFEFF{Training}\r\n\r\n{Evaluation}\r\n  \n");

        reading.Faults.ShouldBeEmpty();
        reading.History.Count.ShouldBe(2);
    }

    [Fact]
    public void Read_BareNaNAndInfinity_AreNumbersAndNullIsNone() =>
        Read("""{"current_steps": 1, "loss": NaN, "eval_loss": -Infinity, "reward": null, "learning_rate": Infinity, "extra": {"a": [1]}}""" + "\n")
            .History.Show().ShouldBe("1: loss=NaN eval_loss=-Infinity learning_rate=Infinity");

    [Fact]
    public void Read_WordsLikeNumbersInsideTexts_StayTexts() =>
        Read("""{"current_steps": 1, "note\"": "NaN, \"loss\": 3", "loss": 2}""" + "\n").History.Show().ShouldBe("1: loss=2");

    [Fact]
    public void Read_TruncatedAtEveryByte_KeepsTheLinesBefore()
    {
        var text = $"{Training}\n{Evaluation}\n{Closing}\n";
        for (var length = 0; length <= text.Length; length++)
        {
            var reading = Read(text[..length]);

            reading.Faults.ShouldBeEmpty();
            // A line that lacks nothing but its line end is whole.
            var whole = text.AsSpan(0, length).Count('}');
            reading.History.Count.ShouldBe(whole);
            reading.EndsHalfWritten.ShouldBe(length > 0 && text[length - 1] is not ('\n' or '}'));
        }
    }

    [Fact]
    public void Read_BadLineInTheMiddle_IsAFaultWithItsLineAndTheRestIsRead()
    {
        var reading = Read($"{Training}\n{{\"current_steps\": 10, \"loss\": oops}}\n{Closing}\n");

        reading.History.Count.ShouldBe(2);
        var fault = reading.Faults.ShouldHaveSingleItem();
        fault.Line.ShouldBe(2);
        fault.Offset.ShouldBe(Training.Length + 1 + 30);
    }

    [Fact]
    public void Read_TextOfAnotherKind_TellsOfAFewLinesOnly()
    {
        var reading = Read(string.Concat(Enumerable.Repeat("no JSON\n", 100)));

        reading.History.Count.ShouldBe(0);
        reading.TotalSteps.ShouldBeNull();
        reading.Faults.Count.ShouldBe(TrainerLogReader.MostFaults);
    }

    [Fact]
    public void Read_EmptyFile_IsNoFault()
    {
        var reading = Read("");

        reading.Faults.ShouldBeEmpty();
        reading.History.Count.ShouldBe(0);
    }

    [Fact]
    public void Read_MissingFile_IsAFault() =>
        TrainerLogReader.Read(Path.Combine(_folder.Path, "gone.jsonl")).Faults.ShouldHaveSingleItem().Path.ShouldEndWith("gone.jsonl");

    [Fact]
    public void Read_LineWithoutEnd_EndsTheReading()
    {
        var reading = Read($"{Training}\n{{\"a\": \"{new string('x', 3 << 20)}");

        reading.History.Count.ShouldBe(1);
        reading.Faults.ShouldHaveSingleItem().Line.ShouldBe(2);
    }

    [Fact]
    public void Read_LinesAcrossTheBuffersEnd_AreWhole()
    {
        var lines = Enumerable.Range(1, 5000).Select(step => $"{{\"current_steps\": {step}, \"loss\": {step}.5, \"pad\": \"{new string('x', step % 97)}\"}}\n");

        var history = Read(string.Concat(lines)).History;

        history.Count.ShouldBe(5000);
        for (var i = 0; i < 5000; i++)
        {
            history.Steps[i].ShouldBe(i + 1);
            history.Columns[0].Values[i].ShouldBe(i + 1.5);
        }
    }

    [Fact]
    public void Read_MutatedFiles_NeverThrowsAndAlwaysEnds()
    {
        var random = new Random(20_260_306);
        var bytes = System.Text.Encoding.UTF8.GetBytes($"{Training}\r\n{Evaluation}\n{Closing}\n");
        var path = Path.Combine(_folder.Path, "trainer_log.jsonl");
        for (var round = 0; round < 2000; round++)
        {
            var mutated = bytes.AsSpan(0, random.Next(bytes.Length + 1)).ToArray();
            for (var changes = random.Next(6); changes > 0 && mutated.Length > 0; changes--)
                mutated[random.Next(mutated.Length)] = random.Next(2) == 0 ? (byte)random.Next(256) : (byte)"{}\",:\\\nN-"[random.Next(9)];
            File.WriteAllBytes(path, mutated);

            TrainerLogReader.Read(path).History.Count.ShouldBeLessThan(20);
        }
    }

    private TrainerLogReading Read(string text) => TrainerLogReader.Read(_folder.Write("trainer_log.jsonl", text));
}
