using System.Security.Cryptography;
using System.Text;
using Podium.Histories;

namespace Podium.Checkpoints.TrainerStates;

/// <summary>Gathers a log while it is read: its entries by columns, and where in the file each ends.</summary>
internal sealed class LogBuilder
{
    private const int LongestText = 200;

    private int[] _ends = [];
    private int _start;

    public LogBuilder() => Restart(0);

    public TrainingHistoryBuilder History { get; private set; } = new();

    public MetricKeyTable Keys { get; private set; } = null!;

    /// <summary>Begins anew, with the offset behind the log's opening bracket.</summary>
    public void Restart(int start)
    {
        _start = start;
        History = new TrainingHistoryBuilder();
        Keys = new MetricKeyTable(History);
    }

    public void EndEntry(int position)
    {
        if (History.Count > _ends.Length) Array.Resize(ref _ends, Math.Max(64, History.Count * 2));
        _ends[History.Count - 1] = position - _start;
    }

    /// <summary>Keeps a value that is no number.</summary>
    public void SetOther(int column, string name, ReadOnlySpan<byte> raw)
    {
        if (column == MetricKeyTable.Step)
        {
            History.SetStep(double.NaN);
            return;
        }

        // A program that cannot write NaN writes null.
        if (raw.SequenceEqual("null"u8)) History.Set(column, double.NaN);
        else History.SetText(name, raw.Length <= LongestText ? Encoding.UTF8.GetString(raw) : Convert.ToHexString(SHA256.HashData(raw)));
    }

    public TrainerState Build(StateFacts facts) =>
        new(facts, History.Build()) { LogStart = _start, EntryEnds = _ends.AsMemory(0, History.Count) };
}
