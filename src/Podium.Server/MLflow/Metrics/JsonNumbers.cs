using System.Buffers.Text;
using System.Text.Json;

namespace Podium.Server.MLflow.Metrics;

/// <summary>Numbers as MLflow's clients write them: also as texts.</summary>
internal static class JsonNumbers
{
    /// <summary>Reads a whole number.</summary>
    public static bool TryReadWhole(ref Utf8JsonReader reader, out long number)
    {
        number = 0;
        switch (reader.TokenType)
        {
            case JsonTokenType.Number when reader.TryGetInt64(out number): return true;
            // 20.0 is 20, as Python may write it.
            case JsonTokenType.Number: return IsWhole(reader.GetDouble(), out number);
            case JsonTokenType.String when !reader.ValueIsEscaped:
                if (Utf8Parser.TryParse(reader.ValueSpan, out number, out var read) && read == reader.ValueSpan.Length) return true;
                return Utf8Parser.TryParse(reader.ValueSpan, out double value, out read) && read == reader.ValueSpan.Length && IsWhole(value, out number);
            default: return false;
        }
    }

    /// <summary>Reads a number; NaN and infinities too, and those beyond the range of numbers as infinities.</summary>
    public static bool TryReadDouble(ref Utf8JsonReader reader, out double number)
    {
        number = 0;
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                number = reader.GetDouble();
                return true;
            case JsonTokenType.String when !reader.ValueIsEscaped:
                number = reader.ValueSpan switch
                {
                    _ when reader.ValueTextEquals("NaN"u8) => double.NaN,
                    _ when reader.ValueTextEquals("Infinity"u8) => double.PositiveInfinity,
                    _ when reader.ValueTextEquals("-Infinity"u8) => double.NegativeInfinity,
                    _ => 0,
                };
                return number != 0 || (Utf8Parser.TryParse(reader.ValueSpan, out number, out var read) && read == reader.ValueSpan.Length);
            default: return false;
        }
    }

    private static bool IsWhole(double value, out long number)
    {
        number = Math.Abs(value) <= 1L << 53 ? (long)value : 0;
        return number == value;
    }
}
