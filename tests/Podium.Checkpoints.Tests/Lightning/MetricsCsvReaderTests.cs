using System.Text;
using Podium.Checkpoints.Lightning;
using Podium.Checkpoints.Tests.EventFiles;
using Podium.Histories;

namespace Podium.Checkpoints.Tests.Lightning;

public sealed class MetricsCsvReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_RealRun_MatchesTheNamesOfItsCheckpoints()
    {
        var reading = MetricsCsvReader.Read(SharedMaterial.Require("hf-runs/lightning-csv/0/metrics.csv"));
        var checkpoints = Directory.GetFiles(SharedMaterial.Require("hf-runs/lightning-csv/checkpoints"), "epoch=*.ckpt");

        reading.Faults.ShouldBeEmpty();
        reading.EndsHalfWritten.ShouldBeFalse();
        var losses = reading.History.Find(MetricKeys.EvalLoss).ShouldNotBeNull();
        losses.Count.ShouldBe(checkpoints.Length);
        var byStep = new Dictionary<long, double>();
        for (var i = 0; i < losses.Count; i++) byStep.Add(reading.History.Steps[losses.Entries[i]], losses.Values[i]);
        foreach (var checkpoint in checkpoints)
        {
            CheckpointFileName.TryParse(Path.GetFileName(checkpoint), out var name).ShouldBeTrue();
            Path.GetFileName(checkpoint).ShouldEndWith(string.Create(null, $"val_loss={byStep[name.Step!.Value]:0.000}.ckpt"));
        }
    }

    [Fact]
    public void Read_RealRun_KeepsTheOrderOfTheRows()
    {
        var history = MetricsCsvReader.Read(SharedMaterial.Require("hf-runs/lightning-csv/0/metrics.csv")).History;

        history.Columns.Select(column => column.Name).ShouldBe(["epoch", "loss", "train_loss_step", "eval_acc", "eval_loss"], ignoreOrder: true);
        string.Join('\n', history.Show().Split('\n')[..4]).ShouldBe("""
            5: epoch=0 train_loss_step=0.5717008
            10: epoch=0 train_loss_step=0.9238167
            10: epoch=0 eval_acc=0.6533333 eval_loss=0.581065
            10: epoch=0 loss=0.6312393
            """);
    }

    [Fact]
    public void Read_QuotedCellsCrlfAndByteOrderMark_AreUnderstood()
    {
        var path = Path.Combine(_folder.Path, "metrics.csv");
        File.WriteAllText(path, "step,\"val_loss\",\"a \"\"b\"\", c\"\r\n\"9\",0.5,\r\n\r\n19,,1e-05\r\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        var reading = MetricsCsvReader.Read(path);

        reading.Faults.ShouldBeEmpty();
        reading.History.Show().ShouldBe("10: eval_loss=0.5\n20: a \"b\", c=1E-05");
    }

    [Theory]
    [InlineData("nan", double.NaN)]
    [InlineData("NaN", double.NaN)]
    [InlineData("inf", double.PositiveInfinity)]
    [InlineData("-inf", double.NegativeInfinity)]
    [InlineData("Infinity", double.PositiveInfinity)]
    [InlineData("1e999", double.PositiveInfinity)]
    [InlineData("-3", -3)]
    [InlineData(" 0.25 ", 0.25)]
    public void Read_NumbersAsPythonWritesThem_AreNumbers(string cell, double expected)
    {
        var reading = Read($"step,val_loss\n0,{cell}\n");

        reading.Faults.ShouldBeEmpty();
        reading.History.Find("eval_loss")!.Values[0].ShouldBe(expected);
    }

    [Fact]
    public void Read_HalfWrittenLastLine_IsLeftOut()
    {
        const string text = "step,train_loss,val_loss\n9,0.5,\n9,,0.75\n";
        for (var length = 0; length < text.Length; length++)
        {
            var reading = Read(text[..length]);

            reading.Faults.ShouldBeEmpty();
            reading.EndsHalfWritten.ShouldBe(length > 0 && text[length - 1] != '\n');
            reading.History.Count.ShouldBe(Math.Max(0, text.AsSpan(0, length).Count('\n') - 1));
        }
    }

    [Fact]
    public void Read_BadCell_IsAFaultWithItsLineAndTheRestOfTheRowCounts()
    {
        var reading = Read("step,train_loss,val_loss\n9,0.5,\n19,oops,0.25\n29,oops,\n");

        reading.History.Show().ShouldBe("10: loss=0.5\n20: eval_loss=0.25\n30:");
        var fault = reading.Faults.ShouldHaveSingleItem();
        fault.Line.ShouldBe(3);
        fault.Message.ShouldBe("'oops' in column 'train_loss' is no number; it was left out");
    }

    [Fact]
    public void Read_RowOfAnotherWidth_IsAFaultAndTheNextRowsAreRead()
    {
        var reading = Read("step,val_loss\n9\n9,1,2\n19,3\n");

        reading.History.Show().ShouldBe("20: eval_loss=3");
        reading.Faults.ShouldHaveSingleItem().Line.ShouldBe(2);
    }

    [Fact]
    public void Read_NoStepOrNoWholeStep_CountsAsNone()
    {
        Read("step,val_loss\n,1\n1.5,2\nnan,3\n9.0,4\n").History.Show().ShouldBe("-: eval_loss=1\n-: eval_loss=2\n-: eval_loss=3\n10: eval_loss=4");
    }

    [Fact]
    public void Read_OtherProgramsCsv_IsAFault()
    {
        var reading = Read("name,value\na,1\n");

        reading.History.Count.ShouldBe(0);
        reading.Faults.ShouldHaveSingleItem().Message.ShouldContain("'step'");
    }

    [Fact]
    public void Read_QuoteThatIsNeverClosed_EndsTheReading()
    {
        var reading = Read("step,val_loss\n9,1\n19,\"" + new string('x', 2 << 20));

        reading.History.Count.ShouldBe(1);
        reading.Faults.ShouldHaveSingleItem().Line.ShouldBe(3);
    }

    [Fact]
    public void Read_MissingFile_IsAFault() =>
        MetricsCsvReader.Read(Path.Combine(_folder.Path, "gone.csv")).Faults.ShouldHaveSingleItem().Path.ShouldEndWith("gone.csv");

    [Fact]
    public void Read_MutatedFiles_NeverThrowsAndAlwaysEnds()
    {
        var random = new Random(20_260_303);
        var bytes = "epoch,step,train_loss_epoch,train_loss_step,val_loss\r\n0,4,,0.57,\r\n0,9,,,\"0.58\"\r\n0,9,0.63,,\r\n1,14,nan,-inf,1e-05\r\n"u8.ToArray();
        for (var round = 0; round < 2000; round++)
        {
            var mutated = bytes.AsSpan(0, random.Next(bytes.Length + 1)).ToArray();
            for (var changes = random.Next(6); changes > 0 && mutated.Length > 0; changes--)
                mutated[random.Next(mutated.Length)] = random.Next(2) == 0 ? (byte)random.Next(256) : (byte)",\"\r\n-.n"[random.Next(7)];
            var path = Path.Combine(_folder.Path, "metrics.csv");
            File.WriteAllBytes(path, mutated);

            MetricsCsvReader.Read(path).History.Count.ShouldBeLessThan(mutated.Length + 1);
        }
    }

    private MetricsCsvReading Read(string text) => MetricsCsvReader.Read(_folder.Write("metrics.csv", text));
}
