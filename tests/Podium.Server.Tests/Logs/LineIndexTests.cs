using System.Text;
using Podium.Server.Logs;

namespace Podium.Server.Tests.Logs;

/// <summary>Lines are where a reader of text would find them, however a log ends its lines and however it grows.</summary>
public sealed class LineIndexTests
{
    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("a\n")]
    [InlineData("a\nb")]
    [InlineData("a\r\nb\r\n")]
    [InlineData("10%\r20%\r30%\ndone\r\n\r\n\nend\r")]
    [InlineData("\n\n\r\r\n")]
    [InlineData("\ufeffé\nü")]
    public void Bring_AnyLineEnds_CountsAndReadsAsAReaderOfTextDoes(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var expected = LinesOf(bytes);

        Read(bytes).ShouldBe(expected);
        new LineIndex().Bring(new MemoryStream(bytes), CancellationToken.None).Lines.ShouldBe(expected.Count);
    }

    [Fact]
    public void Bring_FileThatGrowsByteByByte_CountsAsIfItWereReadAtOnce()
    {
        var bytes = Encoding.UTF8.GetBytes("10%\r20%\r\nfirst\n\r\n\rsecond");
        var index = new LineIndex();

        for (var length = 0; length <= bytes.Length; length++)
            index.Bring(new MemoryStream(bytes[..length]), CancellationToken.None).Lines.ShouldBe(LinesOf(bytes[..length]).Count, $"{length} bytes");
    }

    [Fact]
    public void Bring_FileWrittenAnew_CountsItFromItsStart()
    {
        var index = new LineIndex();
        index.Bring(new MemoryStream("one\ntwo\nthree\n"u8.ToArray()), CancellationToken.None).Lines.ShouldBe(3);

        index.Bring(new MemoryStream("other, and longer than before\n"u8.ToArray()), CancellationToken.None).Lines.ShouldBe(1);
    }

    [Fact]
    public void Bring_LongLog_HasABlockForEachMegabyteAndBeginsItAtALine()
    {
        var text = new StringBuilder();
        for (var line = 1; line <= 60_000; line++) text.Append("line ").Append(line).Append(' ', 40).Append('\n');
        var bytes = Encoding.UTF8.GetBytes(text.ToString());

        var shape = new LineIndex().Bring(new MemoryStream(bytes), CancellationToken.None);

        shape.Lines.ShouldBe(60_000);
        shape.Blocks.Count.ShouldBe(bytes.Length / (1 << 20) + 1);
        foreach (var block in shape.Blocks) Encoding.UTF8.GetString(bytes, (int)block.Offset, 20).ShouldStartWith($"line {block.Before + 1} ");
        shape.BlockOf(shape.Blocks[2].Before).ShouldBe(2);
        shape.BlockOf(shape.Blocks[2].Before - 1).ShouldBe(1);
    }

    [Fact]
    public void Read_LineLongerThanIsKept_KeepsItsBeginningAndGoesOnBehindIt()
    {
        var reader = new LogLineReader(new MemoryStream(Encoding.UTF8.GetBytes($"{new string('x', 300_000)}\nnext")));

        reader.Read().ShouldBe(new string('x', LogLineReader.LongestLine));
        reader.Read().ShouldBe("next");
        reader.Read().ShouldBeNull();
    }

    private static List<string> Read(byte[] bytes)
    {
        List<string> lines = [];
        var reader = new LogLineReader(new MemoryStream(bytes));
        while (reader.Read() is { } line) lines.Add(line);
        return lines;
    }

    private static List<string> LinesOf(byte[] bytes)
    {
        List<string> lines = [];
        using var reader = new StreamReader(new MemoryStream(bytes), Encoding.UTF8);
        while (reader.ReadLine() is { } line) lines.Add(line);
        return lines;
    }
}
