using Podium.Checkpoints.Json;
using Podium.Histories;

namespace Podium.Checkpoints.LlamaFactory;

/// <summary>Gathers the lines of a <c>trainer_log.jsonl</c> into a history.</summary>
internal sealed class TrainerLog
{
    // How far the run has come is no metric of its model, and is in no other log of the same run.
    private static readonly string[] Progress = ["percentage", "elapsed_time", "remaining_time"];

    private readonly TrainingHistoryBuilder _history = new();
    private readonly List<(int Column, double Value)> _line = [];
    private double _step;
    private double _totalSteps = double.NaN;

    /// <summary>Takes in a line.</summary>
    /// <param name="line">The line; an empty one says nothing.</param>
    /// <returns>Why it is no JSON object, and nothing of it was taken; null where it was.</returns>
    public LineFault? Add(ReadOnlySpan<byte> line)
    {
        _line.Clear();
        _step = double.NaN;
        var cursor = new JsonCursor(line);
        cursor.Peek();
        if (cursor.Position < line.Length && !(ReadObject(ref cursor) && IsAtEnd(ref cursor, line.Length)))
            return new LineFault(cursor.Position, cursor.Error ?? "it is no JSON object", cursor.EndedEarly);
        if (_line.Count == 0 && double.IsNaN(_step)) return null;

        _history.BeginEntry();
        _history.SetStep(_step);
        foreach (var (metric, value) in _line) _history.Set(metric, value);
        return null;
    }

    public TrainerLogReading Build(bool endsHalfWritten, IReadOnlyList<ReadFault> faults)
    {
        var isCount = _totalSteps >= 0 && _totalSteps <= 1L << 53 && _totalSteps == Math.Floor(_totalSteps);
        return new TrainerLogReading(_history.Build(), isCount ? (long)_totalSteps : null, endsHalfWritten, faults);
    }

    private bool ReadObject(ref JsonCursor cursor)
    {
        if (!cursor.Take((byte)'{')) return false;
        if (cursor.TryTake((byte)'}')) return true;
        do
        {
            if (!cursor.ReadKey(out var raw) || !ReadMember(JsonCursor.Decode(raw), ref cursor)) return false;
        }
        while (cursor.TryTake((byte)','));

        return cursor.Take((byte)'}');
    }

    private bool ReadMember(string key, ref JsonCursor cursor)
    {
        // Times are texts ("0:00:32"); older versions write null for what a line does not have.
        if (!cursor.IsNumberNext()) return cursor.SkipValue();
        if (!cursor.ReadNumber(out var value)) return false;

        if (key == "current_steps") _step = value;
        else if (key == "total_steps") _totalSteps = value;
        else if (!Progress.Contains(key, StringComparer.Ordinal)) _line.Add((_history.Metric(key == "lr" ? MetricKeys.LearningRate : key), value));
        return true;
    }

    private static bool IsAtEnd(ref JsonCursor cursor, int length)
    {
        cursor.Peek();
        return cursor.Position == length || cursor.Fail("nothing may follow the closing '}'");
    }
}

/// <summary>Why a line could not be read.</summary>
/// <param name="Column">Where in the line the fault is, in bytes.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="EndedEarly">Whether the line ends where it had to go on.</param>
internal readonly record struct LineFault(int Column, string Message, bool EndedEarly);
