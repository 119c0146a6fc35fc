using System.Globalization;
using System.Text;

namespace Podium.Checkpoints.Tests.Material;

/// <summary>Writes a <c>trainer_state.json</c> as the Trainer does: <c>new StateText().Loss(10, 2.0).Eval(10, 1.5).ToString()</c>.</summary>
internal sealed class StateText
{
    private readonly List<string[]> _entries = [];
    private readonly List<string> _head = [];
    private readonly List<string> _tail = [];

    public int Count => _entries.Count;

    public StateText Loss(long step, double loss) => Entry($"\"loss\": {Number(loss)}", $"\"step\": {step}");

    public StateText Eval(long step, double loss) => Entry($"\"eval_loss\": {Number(loss)}", $"\"step\": {step}");

    /// <summary>One entry, its members as they are to stand in the file.</summary>
    public StateText Entry(params string[] members)
    {
        _entries.Add(members);
        return this;
    }

    /// <summary>A top-level member before the log.</summary>
    public StateText Head(string member)
    {
        _head.Add(member);
        return this;
    }

    /// <summary>A top-level member behind the log.</summary>
    public StateText Tail(string member)
    {
        _tail.Add(member);
        return this;
    }

    /// <summary>The same with the first entries only, as an earlier checkpoint of the run has it.</summary>
    public StateText First(int entries)
    {
        var earlier = new StateText();
        earlier._entries.AddRange(_entries.Take(entries));
        return earlier;
    }

    public StateText Copy() => First(Count);

    public override string ToString() => ToString(pretty: true);

    public string ToString(bool pretty)
    {
        var text = new StringBuilder();
        void Line(int depth, string part)
        {
            if (pretty && text.Length > 0) text.Append('\n').Append(' ', 2 * depth);
            text.Append(part);
        }

        void Members(int depth, IReadOnlyList<string> members, bool last)
        {
            for (var i = 0; i < members.Count; i++) Line(depth, members[i] + (last && i == members.Count - 1 ? "" : pretty ? "," : ", "));
        }

        Line(0, "{");
        Members(1, _head, last: false);
        Line(1, "\"log_history\": [");
        for (var i = 0; i < _entries.Count; i++)
        {
            Line(2, "{");
            Members(3, _entries[i], last: true);
            Line(2, i == _entries.Count - 1 ? "}" : pretty ? "}," : "}, ");
        }

        Line(1, _tail.Count == 0 ? "]" : pretty ? "]," : "], ");
        Members(1, _tail, last: true);
        Line(0, "}");
        return text.ToString();
    }

    /// <summary>A number as Python writes it.</summary>
    public static string Number(double value) =>
        double.IsNaN(value) ? "NaN"
        : double.IsPositiveInfinity(value) ? "Infinity"
        : double.IsNegativeInfinity(value) ? "-Infinity"
        : value == Math.Floor(value) && Math.Abs(value) < 1e15 ? value.ToString("0.0", CultureInfo.InvariantCulture)
        : value.ToString("R", CultureInfo.InvariantCulture);
}
