namespace Podium.Checkpoints.EventFiles;

/// <summary>Takes the scalars out of an <c>Event</c> message.</summary>
internal static class EventParser
{
    private const int EventWallTime = 1;
    private const int EventStep = 2;
    private const int EventSummary = 5;
    private const int SummaryValue = 1;
    private const int ValueTag = 1;
    private const int ValueSimple = 2;
    private const int ValueTensor = 8;

    /// <summary>Reads one event and hands its scalars on, in their order; texts, images and histograms are passed over.</summary>
    /// <param name="message">The event's bytes.</param>
    /// <param name="points">Where the scalars go; null where only the time is of interest.</param>
    /// <param name="wallTime">When the event was written, in seconds since 1970 UTC; 0 where it does not say.</param>
    /// <returns>False where the message is malformed; the scalars before the fault have been handed on.</returns>
    public static bool TryRead(ReadOnlySpan<byte> message, PointCollector? points, out double wallTime)
    {
        // A field may stand anywhere, so the time and the step are looked for before the values.
        wallTime = 0;
        var step = 0L;
        var hasSummary = false;
        var fields = new WireReader(message);
        while (fields.TryReadField(out var number, out var type))
        {
            if (number == EventWallTime && type == WireType.Fixed64) fields.TryReadDouble(out wallTime);
            else if (number == EventStep && type == WireType.Varint && fields.TryReadVarint(out var raw)) step = (long)raw;
            else if (fields.TrySkip(type)) hasSummary |= number == EventSummary && type == WireType.Bytes;
        }

        if (fields.IsMalformed) return false;
        if (!hasSummary || points is null) return true;

        fields = new WireReader(message);
        while (fields.TryReadField(out var number, out var type))
        {
            if (number != EventSummary || type != WireType.Bytes) fields.TrySkip(type);
            else if (fields.TryReadBytes(out var summary) && !TryReadSummary(summary, points, step, wallTime)) return false;
        }

        return true;
    }

    private static bool TryReadSummary(ReadOnlySpan<byte> summary, PointCollector points, long step, double wallTime)
    {
        var fields = new WireReader(summary);
        while (fields.TryReadField(out var number, out var type))
        {
            if (number != SummaryValue || type != WireType.Bytes) fields.TrySkip(type);
            else if (fields.TryReadBytes(out var value) && !TryReadValue(value, points, step, wallTime)) return false;
        }

        return !fields.IsMalformed;
    }

    private static bool TryReadValue(ReadOnlySpan<byte> message, PointCollector points, long step, double wallTime)
    {
        ReadOnlySpan<byte> tag = default;
        double? scalar = null;
        var fields = new WireReader(message);
        while (fields.TryReadField(out var number, out var type))
        {
            if (number == ValueTag && type == WireType.Bytes)
            {
                fields.TryReadBytes(out tag);
            }
            else if (number == ValueSimple && type == WireType.Fixed32)
            {
                if (fields.TryReadFloat(out var simple)) scalar = simple;
            }
            else if (number == ValueTensor && type == WireType.Bytes)
            {
                if (fields.TryReadBytes(out var tensor) && !TensorScalar.TryRead(tensor, out scalar)) return false;
            }
            else
            {
                fields.TrySkip(type);
            }
        }

        if (fields.IsMalformed) return false;
        if (scalar is { } found && !tag.IsEmpty) points.Add(tag, step, wallTime, found);
        return true;
    }
}
