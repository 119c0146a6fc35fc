using Podium.Checkpoints.Folders;
using Podium.Checkpoints.Verification.Safetensors;
using Podium.Checkpoints.Verification.Torch;

namespace Podium.Checkpoints.Verification.Weights;

/// <summary>Finds the sets of weights in a checkpoint and reads their headers.</summary>
internal sealed class WeightSetReader(Findings findings, ReadContext context)
{
    private readonly HashSet<string> _claimed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _orphans = new(StringComparer.Ordinal);
    private readonly HashSet<string> _indexed = new(StringComparer.Ordinal);

    private CheckpointFiles Files => findings.Candidate.Files;

    /// <summary>Reads them all into the findings.</summary>
    public void Read()
    {
        foreach (var file in Files.Known)
            if (file.Kind == CheckpointFileKind.WeightIndex)
                ReadIndexed(file.Path);

        foreach (var file in Files.Known)
            if (file.Kind == CheckpointFileKind.Weights && !_claimed.Contains(file.Path))
                ReadAlone(file.Path);

        foreach (var set in findings.Sets)
            Judge(set);
    }

    private void ReadIndexed(string path)
    {
        var (folder, ending) = (WeightFileName.Folder(path), WeightFileName.Ending(path));
        var faults = findings.Faults.Count;
        var index = findings.Take(context.Indexes.Read(findings.FullPath(path), path));
        var set = new WeightSet(path, WeightFileName.IsAdapter(path)) { Index = index, State = WeightSetState.Broken };
        if (index is null)
        {
            // An index alone is no weight file; and one that is gone meanwhile is none at all.
            if (findings.Faults.Count == faults || !Files.Of(CheckpointFileKind.Weights).Any(file => BelongsTo(file.Path, folder, ending))) return;
            foreach (var file in Files.Of(CheckpointFileKind.Weights))
                if (BelongsTo(file.Path, folder, ending))
                    _claimed.Add(file.Path);
        }
        else
        {
            _indexed.Add(folder + ending);
            foreach (var shard in index.Shards) ReadShard(set, folder + shard);
            if (findings.Faults.Count == faults && set.Headers.Count > 0 && IndexAgreement.FaultOf(index, path, set.Headers) is { } fault) findings.Faults.Add(fault);
            if (findings.Faults.Count == faults)
            {
                set.State = WeightSetState.Whole;
                if (set.Headers.Count > 0) set.Mismatch = TotalMismatch.Of(set);
            }
        }

        findings.Sets.Add(set);
    }

    private static bool BelongsTo(string path, string folder, string ending) =>
        WeightFileName.IsShard(path) && WeightFileName.Ending(path) == ending && WeightFileName.Folder(path) == folder;

    private void ReadShard(WeightSet set, string path)
    {
        _claimed.Add(path);
        if (!Files.Of(CheckpointFileKind.Weights).Any(file => file.Path == path) || !ReadFile(set, path)) findings.Faults.Add(new ReadFault(path, "the index names it, and it is missing"));
    }

    private void ReadAlone(string path)
    {
        if (WeightFileName.IsShard(path))
        {
            ReadOrphan(path);
            return;
        }

        var faults = findings.Faults.Count;
        var set = new WeightSet(path, WeightFileName.IsAdapter(path)) { IsExtra = WeightFileName.IsExtra(path) };
        if (!ReadFile(set, path)) return;
        if (set.IsAdapter && AdapterConfig.FaultOf(findings, WeightFileName.Folder(path)) is { } fault) findings.Faults.Add(fault);
        if (findings.Faults.Count > faults) set.State = WeightSetState.Broken;
        findings.Sets.Add(set);
    }

    /// <summary>A shard that no index names. The index is written last: so it may still come.</summary>
    private void ReadOrphan(string path)
    {
        var group = WeightFileName.Folder(path) + WeightFileName.Ending(path);
        if (_indexed.Contains(group))
        {
            findings.Notes.Add($"No index names {path}: it is of an earlier save.");
            return;
        }

        var set = new WeightSet(path) { State = WeightSetState.Broken };
        ReadFile(set, path);
        findings.Sets.Add(set);
        if (_orphans.Add(group)) findings.Faults.Add(new ReadFault(path, "the index that names the shards is missing") { EndedEarly = true });
    }

    /// <summary>Reads a file into its set.</summary>
    /// <returns>False where it is gone.</returns>
    private bool ReadFile(WeightSet set, string path)
    {
        var fullPath = findings.FullPath(path);
        if (path.EndsWith(".safetensors", StringComparison.Ordinal))
        {
            var header = SafetensorsFile.Read(fullPath, path, context.Headers);
            if (findings.Take(header) is { } read) set.Headers.Add(new WeightPart(path, read));
            return !header.IsGone;
        }

        if (path.EndsWith(".gguf", StringComparison.Ordinal))
        {
            var gguf = GgufFile.Read(fullPath, path);
            findings.Take(gguf);
            return !gguf.IsGone;
        }

        var torch = TorchFileReader.Read(fullPath, path.Length == 0 ? findings.Candidate.Path : path, path.Length == 0 ? TorchDepth.Pickle : TorchDepth.Entries);
        if (findings.Take(torch) is { } file)
        {
            if (file.IsLegacy) findings.Notes.Add($"{(path.Length == 0 ? findings.Candidate.Path : path)} is of torch's format before 1.6: only its beginning could be checked.");
            if (path.Length == 0) LightningPickle.Note(file, findings);
        }

        return !torch.IsGone;
    }

    private void Judge(WeightSet set)
    {
        if (set.State != WeightSetState.Whole || set.Headers.Count == 0) return;
        if (set.Headers.Exists(file => file.Header.HasPlaceholder))
        {
            set.State = WeightSetState.Placeholder;
            findings.Notes.Add($"{set.Path} has tensors without values: it is the placeholder that DeepSpeed ZeRO-3 leaves.");
            return;
        }

        if (set.IsExtra) return;
        var judgement = WeightJudgement.Of(set, findings, context);
        if (judgement.Misspelt is { } misspelt)
        {
            findings.Faults.Add(new ReadFault(set.Path, misspelt));
            set.State = WeightSetState.Broken;
        }
        else if (judgement.Lack is { } lack)
        {
            set.State = WeightSetState.Placeholder;
            findings.Notes.Add($"{set.Path} is only a placeholder: {lack}.");
        }
    }
}
