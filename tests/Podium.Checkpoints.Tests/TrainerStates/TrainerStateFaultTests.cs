using System.Text;
using Podium.Checkpoints.Tests.Material;
using Podium.Checkpoints.TrainerStates;

namespace Podium.Checkpoints.Tests.TrainerStates;

/// <summary>Files that cannot be read: what is said of them, and exactly where.</summary>
public sealed class TrainerStateFaultTests
{
    private static ReadFault Fault(string text)
    {
        var result = TrainerStateParser.Parse(Encoding.UTF8.GetBytes(text), "runs/checkpoint-1/trainer_state.json");
        result.Value.ShouldBeNull();
        return result.Fault!;
    }

    [Theory]
    [InlineData("[]", 1, 0, "'{' is expected here")]
    [InlineData("null", 1, 0, "'{' is expected here")]
    [InlineData("{\n  \"log_history\": {}\n}", 2, 19, "log_history is no array")]
    [InlineData("{\n  \"log_history\": null\n}", 2, 19, "log_history is no array")]
    [InlineData("{\n  \"log_history\": [\n    5\n  ]\n}", 3, 25, "an entry of log_history is no object")]
    [InlineData("{\n  \"log_history\": [\n    {},\n    null\n  ]\n}", 4, 33, "an entry of log_history is no object")]
    [InlineData("{\n  \"log_history\": [\n    {\"loss\": oops}\n  ]\n}", 3, 34, "a value is expected here")]
    [InlineData("{\n  \"log_history\": [\n    {\"loss\": 01}\n  ]\n}", 3, 34, "a value is expected here")]
    [InlineData("{\n  \"log_history\": [\n    {\"loss\" 1}\n  ]\n}", 3, 33, "':' is expected here")]
    [InlineData("{\n  \"log_history\": [\n    {\"loss\": 1,}\n  ]\n}", 3, 36, "a string is expected here")]
    [InlineData("{\n  \"log_history\": [\n    {} {}\n  ]\n}", 3, 28, "']' is expected here")]
    [InlineData("{\n}\n\n  x", 4, 7, "nothing may follow the closing '}'")]
    [InlineData("{} {}", 1, 3, "nothing may follow the closing '}'")]
    [InlineData("{\r\n  \"epoch\": 1.2.3,\r\n", 2, 17, "'}' is expected here")]
    public void Parse_WrongByte_IsSaidByLineAndOffset(string text, int line, int offset, string message)
    {
        var fault = Fault(text);

        (fault.Line, fault.Offset, fault.Message, fault.EndedEarly).ShouldBe((line, offset, message, false));
        fault.ToString().ShouldBe($"runs/checkpoint-1/trainer_state.json, line {line} (byte {offset}): {message}");
    }

    [Fact]
    public void Parse_OffsetAfterAByteOrderMark_CountsItsBytes() => Fault("\uFEFF{x").Offset.ShouldBe(4);

    [Fact]
    public void Parse_DeepNesting_IsAClearFault()
    {
        foreach (var place in (string[])["{\"trial_params\": @}", "{\"log_history\": [{\"loss\": @}]}"])
        {
            var fault = Fault(place.Replace("@", new string('[', 5000), StringComparison.Ordinal));

            fault.Message.ShouldBe("values are nested deeper than 128 levels");
            fault.EndedEarly.ShouldBeFalse();
            fault.Offset.ShouldBe(place.IndexOf('@', StringComparison.Ordinal) + 128);
        }
    }

    [Fact]
    public void Parse_CutAtEveryByte_EndedEarlyThere()
    {
        var text = new StateText().Head("\"best_metric\": NaN").Head("\"best_model_checkpoint\": \"a\\\\b-1\"").Loss(10, 2).Entry("\"eval_loss\": -Infinity", "\"x\": null", "\"step\": 10")
            .Tail("\"flag\": true").Tail("\"max_steps\": 20").ToString();
        for (var length = 0; length < text.Length; length++)
        {
            var fault = Fault(text[..length]);

            fault.EndedEarly.ShouldBeTrue(text[..length]);
            fault.Line.ShouldNotBeNull().ShouldBeLessThanOrEqualTo(1 + text[..length].Count(c => c == '\n'));
        }
    }

    [Fact]
    public void Parse_ManyTextsInOneEntry_TakesNoSquareOfTime()
    {
        var entry = new StringBuilder("{\"log_history\": [{\"step\": 1");
        for (var i = 0; i < 100_000; i++) entry.Append(",\"k").Append(i).Append("\":\"\"");
        var text = Encoding.UTF8.GetBytes(entry.Append("}]}").ToString());
        var started = TimeProvider.System.GetTimestamp();

        TrainerStateParser.Parse(text, "state").Fault.ShouldBeNull();

        TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Parse_BytesThatAreNoText_AreAFault()
    {
        var random = new Random(20_260_204);
        for (var i = 0; i < 2000; i++)
        {
            var bytes = new byte[random.Next(1, 200)];
            random.NextBytes(bytes);
            TrainerStateParser.Parse(bytes, "state").Fault.ShouldNotBeNull();
        }
    }
}
