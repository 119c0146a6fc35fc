using Podium.Checkpoints.Json;
using Podium.Histories;

namespace Podium.Checkpoints.TrainerStates;

/// <summary>Finds the column of a key without making a string of it.</summary>
/// <remarks>
/// Entries repeat the same few keys in the same order, so the key that followed this one the last time is tried first;
/// then a hash table. Only a new spelling makes a string.
/// </remarks>
internal sealed class MetricKeyTable(TrainingHistoryBuilder history)
{
    /// <summary>The column of the key <c>step</c>, which is no metric.</summary>
    public const int Step = -1;

    private readonly List<Spelling> _spellings = [];
    private readonly Dictionary<uint, int> _byHash = [];
    private int _last;

    /// <summary>Reads a key and the colon behind it.</summary>
    /// <param name="cursor">Stands before the key.</param>
    /// <param name="column">The key's column.</param>
    /// <param name="name">The metric's name, for what is no number.</param>
    public bool TryRead(ref JsonCursor cursor, out int column, out string name)
    {
        var expected = _spellings.Count == 0 ? -1 : _spellings[_last].Next;
        if (expected < 0 || !cursor.TryTakeKey(_spellings[expected].Quoted))
        {
            (column, name) = (0, "");
            if (!cursor.ReadKey(out var raw)) return false;
            expected = Lookup(raw);
            if (_last < _spellings.Count) _spellings[_last].Next = expected;
        }

        _last = expected;
        var found = _spellings[expected];
        (column, name) = (found.Column, found.Name);
        return true;
    }

    private int Lookup(ReadOnlySpan<byte> raw)
    {
        var hash = Hash(raw);
        if (!_byHash.TryGetValue(hash, out var first)) first = -1;
        for (var index = first; index >= 0; index = _spellings[index].SameHash)
            if (raw.SequenceEqual(_spellings[index].Raw))
                return index;

        var name = JsonCursor.Decode(raw);
        // The Trainer's closing entry calls the run's mean train_loss; it is no logged loss.
        var metric = name == "train_loss" ? MetricKeys.TrainLossMean : name;
        _spellings.Add(new Spelling(raw.ToArray(), metric, name == "step" ? Step : history.Metric(metric)) { SameHash = first });
        _byHash[hash] = _spellings.Count - 1;
        return _spellings.Count - 1;
    }

    private static uint Hash(ReadOnlySpan<byte> raw)
    {
        // FNV-1a: keys are short.
        var hash = 2166136261;
        foreach (var one in raw) hash = (hash ^ one) * 16777619;
        return hash;
    }

    private sealed class Spelling(byte[] raw, string name, int column)
    {
        public ReadOnlySpan<byte> Raw => Quoted.AsSpan(1, Quoted.Length - 3);

        public byte[] Quoted { get; } = [(byte)'"', .. raw, (byte)'"', (byte)':'];

        public string Name { get; } = name;

        public int Column { get; } = column;

        /// <summary>The spelling that followed this one the last time.</summary>
        public int Next { get; set; } = -1;

        public int SameHash { get; init; }
    }
}
