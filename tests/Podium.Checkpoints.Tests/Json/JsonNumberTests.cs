using System.Globalization;
using System.Text;
using Podium.Checkpoints.Json;

namespace Podium.Checkpoints.Tests.Json;

public sealed class JsonNumberTests
{
    [Fact]
    public void Read_RandomNumbers_AreThoseOfTheFramework()
    {
        var random = new Random(20_260_201);
        for (var i = 0; i < 300_000; i++) ShouldBeExact(AnyNumber(random));
    }

    [Fact]
    public void Read_RandomBitPatternsInFull_GiveThemBack()
    {
        var random = new Random(20_260_202);
        for (var i = 0; i < 200_000; i++)
        {
            var value = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            if (double.IsFinite(value)) ShouldBeExact(value.ToString(i % 2 == 0 ? "R" : "E16", CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public void Read_HalfwayBetweenTwoDoubles_RoundsToEven()
    {
        var random = new Random(20_260_203);
        for (var i = 0; i < 20_000; i++)
        {
            // 2^53 + odd lies halfway between two doubles; and one digit beside it on each side.
            var halfway = (1UL << 53) + ((ulong)random.NextInt64(1L << 52) << 1) + 1;
            ShouldBeExact($"{halfway}");
            ShouldBeExact($"{halfway}.0000000000000001");
            ShouldBeExact($"{halfway - 1}.9999999999999999");
            ShouldBeExact($"{halfway}e{random.Next(-30, 30)}");
            ShouldBeExact($"-{halfway}e{random.Next(-330, 300)}");
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("-0.0")]
    [InlineData("0e5")]
    [InlineData("0.0000E-19")]
    [InlineData("-0.000e-30")]
    [InlineData("0e22")]
    [InlineData("-0E-400")]
    [InlineData("5e-324")]
    [InlineData("4.9406564584124654e-324")]
    [InlineData("2.4703282292062327e-324")]
    [InlineData("2.4703282292062328e-324")]
    [InlineData("1e-400")]
    [InlineData("2.2250738585072011e-308")]
    [InlineData("2.2250738585072014e-308")]
    [InlineData("1.7976931348623157e308")]
    [InlineData("1.7976931348623158e308")]
    [InlineData("1.7976931348623159e308")]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("1e99999999999999999999")]
    [InlineData("1e-99999999999999999999")]
    [InlineData("0e99999999999999999999")]
    [InlineData("9007199254740993")]
    [InlineData("9007199254740992")]
    [InlineData("18446744073709551615")]
    [InlineData("18446744073709551616")]
    [InlineData("36893488147419103232")]
    [InlineData("1.00000000000000011102230246251565404236316680908203125")]
    [InlineData("1.00000000000000011102230246251565404236316680908203124")]
    [InlineData("0.000000000000000000000000000000000000000000001")]
    [InlineData("100000000000000000000000")]
    [InlineData("1E+22")]
    [InlineData("1e23")]
    [InlineData("0.1")]
    [InlineData("0.0029400000000000003")]
    public void Read_NumberWhereRoundingIsHard_IsThatOfTheFramework(string text) => ShouldBeExact(text);

    [Fact]
    public void Read_ThousandsOfDigits_IsThatOfTheFramework()
    {
        ShouldBeExact(new string('9', 5000));
        ShouldBeExact("0." + new string('0', 320) + new string('7', 3000));
        ShouldBeExact("1" + new string('0', 400) + "e-400");
        ShouldBeExact("0." + new string('0', 500) + "1e501");
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("+1")]
    [InlineData("01")]
    [InlineData("-01")]
    [InlineData("00")]
    [InlineData("1.")]
    [InlineData("1.e5")]
    [InlineData(".5")]
    [InlineData("-.5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1E-")]
    [InlineData("1.5e,")]
    [InlineData("--1")]
    [InlineData("e5")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("x")]
    [InlineData(" 1")]
    public void Read_NoNumberOfJson_IsRefused(string text) => JsonNumber.Read(Encoding.ASCII.GetBytes(text), out _).ShouldBe(0);

    [Theory]
    [InlineData("1,", 1)]
    [InlineData("1.5}", 3)]
    [InlineData("1.5.5", 3)]
    [InlineData("1e5e5", 3)]
    [InlineData("12-3", 2)]
    [InlineData("-7 ", 2)]
    public void Read_SomethingBehindTheNumber_IsLeftAlone(string text, int length) =>
        JsonNumber.Read(Encoding.ASCII.GetBytes(text), out _).ShouldBe(length);

    private static string AnyNumber(Random random)
    {
        var text = new StringBuilder(random.Next(3) == 0 ? "-" : "");
        var digits = random.Next(1, 26);
        var whole = random.Next(0, digits + 1);
        if (whole == 0) text.Append('0');
        for (var i = 0; i < whole; i++) text.Append((char)('0' + (i == 0 && whole > 1 ? random.Next(1, 10) : random.Next(10))));
        if (whole < digits)
        {
            text.Append('.');
            for (var i = whole; i < digits; i++) text.Append((char)('0' + random.Next(random.Next(4) == 0 ? 1 : 10)));
        }

        var exponent = random.Next(4) switch
        {
            0 => random.Next(-30, 31),
            1 => random.Next(-345, 330),
            _ => (int?)null,
        };
        if (exponent is { } power) text.Append(random.Next(2) == 0 ? 'e' : 'E').Append(power > 0 && random.Next(2) == 0 ? "+" : "").Append(power);
        return text.ToString();
    }

    private static void ShouldBeExact(string text)
    {
        var length = JsonNumber.Read(Encoding.ASCII.GetBytes(text + ","), out var value);
        var expected = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (length == text.Length && BitConverter.DoubleToInt64Bits(value) == BitConverter.DoubleToInt64Bits(expected)) return;
        $"{text}: {length} bytes, {value:R}".ShouldBe($"{text}: {text.Length} bytes, {expected:R}");
    }
}
