using System.Text;
using Podium.Checkpoints.Json;

namespace Podium.Checkpoints.Tests.Json;

public sealed class JsonCursorTests
{
    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    [Theory]
    [InlineData("NaN ", double.NaN)]
    [InlineData("Infinity,", double.PositiveInfinity)]
    [InlineData("-Infinity}", double.NegativeInfinity)]
    [InlineData(" \r\n\t 1.5 ", 1.5)]
    [InlineData("-2]", -2)]
    public void ReadNumber_NumberOrWord_IsRead(string text, double expected)
    {
        var cursor = new JsonCursor(Bytes(text));

        cursor.IsNumberNext().ShouldBeTrue();
        cursor.ReadNumber(out var value).ShouldBeTrue();

        value.ShouldBe(expected);
        cursor.Error.ShouldBeNull();
    }

    [Theory]
    [InlineData("nan,")]
    [InlineData("Nan,")]
    [InlineData("inf,")]
    [InlineData("Infinitx,")]
    [InlineData("-Inf,")]
    [InlineData("-NaN,")]
    [InlineData("+1,")]
    [InlineData("01,")]
    [InlineData("1.,")]
    [InlineData("1e,")]
    [InlineData("-,")]
    [InlineData(".5,")]
    [InlineData("0x1F,", 1)]
    public void ReadNumber_AnythingElse_IsAWrongByte(string text, int goesOnAt = -1)
    {
        var cursor = new JsonCursor(Bytes(text));

        var read = cursor.ReadNumber(out _);
        if (goesOnAt >= 0)
        {
            // "0" is a number; what follows is not for this method to judge.
            read.ShouldBeTrue();
            cursor.Position.ShouldBe(goesOnAt);
            return;
        }

        read.ShouldBeFalse();
        cursor.EndedEarly.ShouldBeFalse();
        cursor.Position.ShouldBe(0);
        cursor.Error.ShouldBe("a value is expected here");
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \n")]
    [InlineData("N")]
    [InlineData("Na")]
    [InlineData("NaN")]
    [InlineData("Infin")]
    [InlineData("-")]
    [InlineData("-Infinit")]
    [InlineData("12")]
    [InlineData("1.")]
    [InlineData("1.5e")]
    [InlineData("1.5e-")]
    public void ReadNumber_TextEndsInIt_EndedEarly(string text)
    {
        var cursor = new JsonCursor(Bytes(text));
        var read = cursor.ReadNumber(out _);

        // A word is whole at the end of the text; a number may go on.
        if (text == "NaN")
        {
            read.ShouldBeTrue();
            return;
        }

        read.ShouldBeFalse();
        cursor.EndedEarly.ShouldBeTrue();
    }

    [Theory]
    [InlineData("""
        "loss"
        """, "loss")]
    [InlineData("""
        "a\"b\\c\/d\b\f\n\r\t"
        """, "a\"b\\c/d\b\f\n\r\t")]
    [InlineData("""
        "\u0041\u00e9\ud83d\ude00"
        """, "Aé😀")]
    [InlineData("""
        "é😀"
        """, "é😀")]
    [InlineData("""
        ""
        """, "")]
    [InlineData("""
        "\\"
        """, "\\")]
    [InlineData("""
        "D:\\runs\\checkpoint-20"
        """, @"D:\runs\checkpoint-20")]
    public void ReadString_Escapes_AreDecoded(string text, string expected)
    {
        var cursor = new JsonCursor(Bytes(text));

        cursor.ReadString(out var raw).ShouldBeTrue();

        JsonCursor.Decode(raw).ShouldBe(expected);
        cursor.Position.ShouldBe(Bytes(text).Length);
    }

    [Theory]
    [InlineData("\\u12", "u12")]
    [InlineData("\\uZZZZ", "uZZZZ")]
    [InlineData("\\q", "q")]
    public void Decode_EscapeThatIsNone_IsTakenLiterally(string raw, string expected) => JsonCursor.Decode(Bytes(raw)).ShouldBe(expected);

    [Fact]
    public void Decode_BytesThatAreNoUtf8_DoNotThrow() => JsonCursor.Decode([0x61, 0xFF, 0xC3]).ShouldStartWith("a");

    [Theory]
    [InlineData("\"abc")]
    [InlineData("\"abc\\")]
    [InlineData("\"abc\\\"")]
    [InlineData("\"")]
    public void ReadString_NoClosingQuote_EndedEarly(string text)
    {
        var cursor = new JsonCursor(Bytes(text));

        cursor.ReadString(out _).ShouldBeFalse();

        cursor.EndedEarly.ShouldBeTrue();
        cursor.Position.ShouldBe(text.Length);
    }

    [Theory]
    [InlineData("""[1, "a", {"b": [true, false, null, NaN, -Infinity]}, {}, []]""")]
    [InlineData("""{"a": {"b": "}]"}, "c": [[], {}]}""")]
    [InlineData("{}")]
    [InlineData("[ ]")]
    [InlineData("true")]
    [InlineData("\"x\"")]
    public void SkipValue_AnyValue_EndsBehindIt(string text)
    {
        var cursor = new JsonCursor(Bytes(text + " ,"));

        cursor.SkipValue().ShouldBeTrue();

        cursor.Position.ShouldBe(text.Length);
    }

    [Theory]
    [InlineData("[1 2]", 3)]
    [InlineData("[1,]", 3)]
    [InlineData("{\"a\" 1}", 5)]
    [InlineData("{\"a\": 1,}", 8)]
    [InlineData("{a: 1}", 1)]
    [InlineData("[}", 1)]
    [InlineData("[1}", 2)]
    [InlineData("{\"a\": 1]", 7)]
    [InlineData("[truf]", 1)]
    [InlineData("[nul]", 1)]
    [InlineData("]", 0)]
    [InlineData("[\0]", 1)]
    [InlineData("['a']", 1)]
    public void SkipValue_WrongByte_IsSaidWhere(string text, int offset)
    {
        var cursor = new JsonCursor(Bytes(text));

        cursor.SkipValue().ShouldBeFalse();

        cursor.Position.ShouldBe(offset);
        cursor.EndedEarly.ShouldBeFalse();
    }

    [Fact]
    public void SkipValue_CutAtEveryByte_EndedEarly()
    {
        const string text = """{"a": [1.5e3, -Infinity, NaN, true, false, null, "x\"\u0041"], "b": {"c": {}, "d": []}}""";
        for (var length = 0; length < text.Length; length++)
        {
            var cursor = new JsonCursor(Bytes(text[..length]));

            cursor.SkipValue().ShouldBeFalse(text[..length]);

            cursor.EndedEarly.ShouldBeTrue(text[..length]);
        }
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    public void SkipValue_DeepNesting_ReachesTheLimitAndSaysSoBeyond(string open, string close)
    {
        static string Nested(int depth, string open, string close) =>
            string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, depth));

        var deepest = new JsonCursor(Bytes(Nested(JsonCursor.MaxDepth, open, close)));
        deepest.SkipValue().ShouldBeTrue();
        JsonCursor.MaxDepth.ShouldBe(128);

        foreach (var depth in (int[])[JsonCursor.MaxDepth + 1, 100_000])
        {
            var deeper = new JsonCursor(Bytes(Nested(depth, open, close)));

            deeper.SkipValue().ShouldBeFalse();

            deeper.Error.ShouldBe("values are nested deeper than 128 levels");
            deeper.EndedEarly.ShouldBeFalse();
            deeper.Position.ShouldBe(128 * open.Length);
        }
    }

    [Fact]
    public void SkipValue_ArraysAndObjectsInTurn_AreNotMixedUp()
    {
        var open = string.Concat(Enumerable.Repeat("[{\"a\":", 64));
        var close = string.Concat(Enumerable.Repeat("}]", 64));
        var cursor = new JsonCursor(Bytes(open + "0" + close));
        cursor.SkipValue().ShouldBeTrue();

        var wrong = new JsonCursor(Bytes(open + "0" + "]" + close));
        wrong.SkipValue().ShouldBeFalse();
        wrong.Position.ShouldBe(open.Length + 1);
    }

    [Fact]
    public void Begin_ByteOrderMark_IsPassedOver()
    {
        var cursor = new JsonCursor([0xEF, 0xBB, 0xBF, .. "{}"u8]);

        cursor.Position.ShouldBe(3);
        cursor.Take((byte)'{').ShouldBeTrue();
    }

    [Fact]
    public void Peek_RunsOfSpaces_AreAllPassedOver()
    {
        for (var spaces = 0; spaces < 40; spaces++)
        {
            var cursor = new JsonCursor(Bytes("\r\n" + new string(' ', spaces) + "\t\r\n x"));
            ((char)cursor.Peek()).ShouldBe('x');
            cursor.Position.ShouldBe(spaces + 6);

            var end = new JsonCursor(Bytes(new string(' ', spaces)));
            end.Peek().ShouldBe((byte)0);
            end.Position.ShouldBe(spaces);
        }
    }

    [Fact]
    public void Fail_SecondFault_KeepsTheFirst()
    {
        var cursor = new JsonCursor("x"u8);

        cursor.Fail("first").ShouldBeFalse();
        cursor.Fail("second").ShouldBeFalse();

        cursor.Error.ShouldBe("first");
    }
}
