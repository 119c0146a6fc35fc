using System.Text;
using Podium.Checkpoints.Folders;
using Podium.Checkpoints.Lightning;

namespace Podium.Checkpoints.Verification.Shards;

/// <summary>Checks what FSDP saved: a folder of <c>__RANK_N.distcp</c> files, and <c>.metadata</c>, which names them.</summary>
/// <remarks>
/// A process that holds nothing writes no file: so a gap in the ranks says nothing, and only <c>.metadata</c> tells what must
/// be there. It is a pickle, and to unpickle is to run whatever program it holds; so its opcodes are only looked through.
/// </remarks>
internal static class FsdpFolder
{
    private const string MetadataFile = ".metadata";
    private const int LongestMetadata = 256 << 20;
    private const byte PickleStart = 0x80;

    private static ReadOnlySpan<byte> ZipStart => [(byte)'P', (byte)'K', 3, 4];

    private static ReadOnlySpan<byte> ZipEnd => [(byte)'P', (byte)'K', 5, 6];

    /// <summary>Checks the shards; null where there are none of the weights.</summary>
    public static DistributedShards? Check(Findings findings)
    {
        var model = FoldersOf(findings, CheckpointFileKind.FsdpShard);
        if (model.Count == 0) return null;
        var isWhole = model.TrueForAll(folder => IsWhole(findings, folder, CheckpointFileKind.FsdpShard));
        var optimizer = FoldersOf(findings, CheckpointFileKind.FsdpOptimizerShard);
        var optimizerIsWhole = optimizer.TrueForAll(folder => IsWhole(findings, folder, CheckpointFileKind.FsdpOptimizerShard));
        // Nothing contradicts itself there; but neither a training nor a merge can begin without.
        List<string> unnamed = [.. model.Concat(optimizer).Select(folder => Join(folder, MetadataFile)).Where(path => !findings.Candidate.Files.Known.Any(file => file.Path == path))];
        foreach (var path in unnamed) findings.Faults.Add(new ReadFault(path, "the file that says what is in the shards is missing; they cannot be put together without it"));
        var directory = findings.Candidate.FullPath;
        return new DistributedShards(
            isWhole,
            HasOptimizer: optimizer.Count > 0 && optimizerIsWhole && unnamed.Count == 0,
            $"accelerate merge-weights {ShellText.QuotePath(Path.Combine(directory, model[0]))} {ShellText.QuotePath(directory)}");
    }

    private static List<string> FoldersOf(Findings findings, CheckpointFileKind kind) =>
        [.. findings.Candidate.Files.Of(kind).Select(file => FolderOf(file.Path)).Distinct(StringComparer.Ordinal).Order(NaturalOrder.Instance)];

    private static bool IsWhole(Findings findings, string folder, CheckpointFileKind kind)
    {
        var faults = findings.Faults.Count;
        var there = findings.Candidate.Files.Of(kind).Select(file => file.Path).Where(path => FolderOf(path) == folder && !path.EndsWith(MetadataFile, StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        foreach (var path in there)
            if (FaultOf(findings.FullPath(path), path) is { } fault)
                findings.Faults.Add(fault);

        CheckNames(findings, folder, there);
        return findings.Faults.Count == faults;
    }

    private static void CheckNames(Findings findings, string folder, HashSet<string> there)
    {
        var path = Join(folder, MetadataFile);
        // Of what is no pickle nothing is known from here.
        if (findings.Take(FilePart.Whole(findings.FullPath(path), path, LongestMetadata)) is not { } text || text is [not PickleStart, ..]) return;
        if (NamesIn(text) is not { } names)
        {
            findings.Faults.Add(new ReadFault(path, "it ends too early") { EndedEarly = true });
            return;
        }

        foreach (var name in names)
            if (!there.Contains(Join(folder, name)))
                findings.Faults.Add(new ReadFault(Join(folder, name), ".metadata names it, and it is missing"));
    }

    private static HashSet<string>? NamesIn(ReadOnlySpan<byte> pickle)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        var opcodes = new PickleOpcodes(pickle);
        Opcode opcode;
        while (opcodes.TryRead(out opcode, out var argument))
            if (opcode is Opcode.ShortBinUnicode or Opcode.BinUnicode or Opcode.BinUnicode8 && argument.Bytes.EndsWith(".distcp"u8))
                names.Add(Encoding.UTF8.GetString(argument.Bytes));

        return opcode == Opcode.Stop && pickle is [.., (byte)'.'] ? names : null;
    }

    /// <summary>Each part in a shard is a zip file of its own, one behind the other: so it begins as one does, and ends as one does.</summary>
    private static ReadFault? FaultOf(string fullPath, string path) => FilePart.Open(fullPath, path, (handle, length) =>
    {
        Span<byte> start = stackalloc byte[4], end = stackalloc byte[22];
        if (FilePart.Fill(handle, start, 0) < start.Length) return FileReading<object>.Short(path, $"it ends too early: it has {length} bytes", length);
        // Newer ones may be of safetensors instead, one behind the other too: of these nothing is known from here.
        if (!start.SequenceEqual(ZipStart)) return default;
        return FilePart.Fill(handle, end, length - end.Length) == end.Length && end.StartsWith(ZipEnd)
            ? default
            : FileReading<object>.Short(path, "it ends too early: the directory at the end of a zip file is missing", length);
    }).Fault;

    private static string Join(string folder, string name) => folder.Length == 0 ? name : $"{folder}/{name}";

    private static string FolderOf(string path) => path[..Math.Max(0, path.LastIndexOf('/'))];
}
