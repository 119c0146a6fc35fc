using Podium.Checkpoints.TrainerStates;
using Podium.Histories;

namespace Podium.Checkpoints.Runs;

/// <summary>
/// Sorts state files into runs: a run is a history that no other continues, together with every file whose history is a
/// prefix of it.
/// </summary>
/// <remarks>
/// Each file of a run repeats the history before it. So of each run the longest file is read whole, and any other is
/// placed by its last entry: it belongs to the run if that entry stands, byte for byte, at the same place of the longest
/// log. The longest file so placed is then compared byte for byte to its end, so that a change in the run's longest file
/// is seen; a file that two runs claim, though they part before its end, is compared with both. A file that stands
/// nowhere is read whole and compared value for value. The cost is that of one history a run, plus a little a file.
/// <para>What is not seen so: a change in the middle of a file that is not the longest of its run. Reading all sees it.</para>
/// </remarks>
internal sealed class RunTree : IDisposable
{
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(64 * 1024);
    private readonly List<Branch> _branches = [];

    /// <summary>The runs, and for each the files that belong to it.</summary>
    public IReadOnlyList<Branch> Branches => _branches;

    /// <summary>Files with an empty log, which say nothing of where they belong.</summary>
    public List<StateFile> Empty { get; } = [];

    /// <summary>Files that could not be read, or were gone.</summary>
    public List<StateFile> Unread { get; } = [];

    /// <summary>Sorts files into runs.</summary>
    /// <param name="files">The files, in any order.</param>
    /// <param name="readAll">Whether to read each of them whole and compare all values.</param>
    /// <param name="patience">Tries half-written files again.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static RunTree Sort(IReadOnlyList<StateFile> files, bool readAll, Patience patience, CancellationToken cancellation)
    {
        var tree = new RunTree();
        List<StateFile> placeable = [];
        // The largest one will most likely be read whole: so it is at once, while others' ends are read beside it.
        var largest = files.MaxBy(file => file.Size);
        SideBySide.Make(files.Count, i => patience.Read(files[i], whole: readAll || files[i] == largest), cancellation);
        foreach (var file in files)
        {
            if (readAll || file.LogLength == 0) file.ReleaseText();
            if (file.Facts is null) tree.Unread.Add(file);
            else if (file.LogLength == 0) tree.Empty.Add(file);
            else placeable.Add(file);
        }

        // The longest first: what comes after it is mostly a prefix of it. The path makes the order certain.
        placeable.Sort((a, b) => b.LogLength.CompareTo(a.LogLength) is not 0 and var order ? order : string.CompareOrdinal(a.Path, b.Path));
        foreach (var file in placeable)
        {
            cancellation.ThrowIfCancellationRequested();
            if (file.Whole is not null || !tree.PlaceByLastEntry(file)) tree.PlaceByValue(file);
        }

        return tree;
    }

    /// <summary>Takes a run out of the tree.</summary>
    public void Remove(Branch branch)
    {
        _branches.Remove(branch);
        branch.ReleaseText();
    }

    /// <summary>Lets go of the files' bytes; the histories stay.</summary>
    public void Dispose()
    {
        foreach (var branch in _branches) branch.ReleaseText();
    }

    private bool PlaceByLastEntry(StateFile file)
    {
        var claims = _branches.FindAll(branch => branch.EntriesUpTo(file.Ends!) > 0);
        if (claims.Count == 0) return false;

        var entries = claims[0].EntriesUpTo(file.Ends!);
        var contradict = claims.Exists(claim => claim.EntriesUpTo(file.Ends!) != entries || claim.SharedWith(claims[0]) < entries);
        if (contradict || claims.Exists(claim => !claim.IsVerified))
        {
            claims.RemoveAll(claim => !file.LogIsPrefixOf(claim.Log, _buffer));
            if (claims.Count == 0 || file.Vanished) return false;
            entries = claims[0].EntriesUpTo(file.Ends!);
        }

        foreach (var claim in claims) claim.IsVerified = true;

        // Bytes find only runs that were written alike; by value it belongs to each that shares those entries.
        foreach (var branch in _branches)
            if (branch.SharedWith(claims[0]) >= entries)
                branch.Add(new Member(file, entries));

        return true;
    }

    private void PlaceByValue(StateFile file)
    {
        file.ReadWhole();
        if (file.Whole is not { } state)
        {
            Unread.Add(file);
            return;
        }

        var member = new Member(file, state.History.Count);
        var belongs = false;
        for (var i = _branches.Count - 1; i >= 0; i--)
        {
            var branch = _branches[i];
            if (!branch.History.StartsWith(state.History)) continue;
            branch.Add(member);
            belongs = true;
        }

        if (belongs)
        {
            file.ReleaseText();
            return;
        }

        var grown = new Branch(state, file);
        grown.Add(member);
        foreach (var branch in _branches)
        {
            var shared = grown.SharedWith(branch);
            foreach (var other in branch.Members)
                if (other.Entries <= shared)
                    grown.Add(other);
        }

        foreach (var outgrown in _branches.FindAll(branch => state.History.StartsWith(branch.History))) Remove(outgrown);
        _branches.Add(grown);
    }

    /// <summary>A file, and how many entries of its run's history it has.</summary>
    public readonly record struct Member(StateFile File, int Entries);

    /// <summary>A run: its longest history, and the files that are prefixes of it.</summary>
    public sealed class Branch(TrainerState state, StateFile longest)
    {
        private readonly Dictionary<Branch, int> _shared = [];
        private readonly HashSet<StateFile> _files = [];
        private readonly List<Member> _members = [];

        public TrainerState State { get; } = state;

        public TrainingHistory History => State.History;

        /// <summary>The log as it stands in the file.</summary>
        public ReadOnlyMemory<byte> Log { get; private set; } = longest.Text.Length == 0 ? default : longest.Text.Slice(state.LogStart, state.LogLength);

        public IReadOnlyList<Member> Members => _members;

        /// <summary>Whether the longest file that was placed by its last entry was compared to its end.</summary>
        public bool IsVerified { get; set; }

        public void ReleaseText()
        {
            Log = default;
            longest.ReleaseText();
        }

        public void Add(Member member)
        {
            if (_files.Add(member.File)) _members.Add(member);
        }

        /// <summary>How many entries from the start two runs share; worked out once a pair.</summary>
        public int SharedWith(Branch other)
        {
            if (other == this) return History.Count;
            if (!_shared.TryGetValue(other, out var shared)) _shared.Add(other, shared = History.CommonPrefix(other.History));
            return shared;
        }

        public bool Has(StateFile file) => _files.Contains(file);

        /// <summary>How many entries the log has up to where another log ends, if the same entry stands there; else 0.</summary>
        public int EntriesUpTo(StateEnds ends)
        {
            if (ends.LogLength > Log.Length) return 0;
            var entry = State.EntryEnds.Span.BinarySearch(ends.LogLength);
            return entry >= 0 && Log.Span[..ends.LogLength].EndsWith(ends.LastEntry) ? entry + 1 : 0;
        }
    }
}
