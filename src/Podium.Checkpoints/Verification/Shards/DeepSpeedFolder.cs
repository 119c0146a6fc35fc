using System.Text;
using Podium.Checkpoints.Folders;
using Podium.Checkpoints.Verification.Torch;

namespace Podium.Checkpoints.Verification.Shards;

/// <summary>Checks what DeepSpeed saved: <c>latest</c>, which names a folder, and the shards in that folder.</summary>
internal sealed class DeepSpeedFolder
{
    private const string LatestFile = "latest";
    private const string ScriptFile = "zero_to_fp32.py";
    private const int LongestLatest = 4096;
    private const int LongestScript = 4 << 20;

    private readonly Findings _findings;
    private readonly string? _named;
    private readonly string _folder;
    private readonly List<(string Path, DeepSpeedName? Name)> _shards = [];
    private bool _isWhole = true;

    private DeepSpeedFolder(Findings findings)
    {
        _findings = findings;
        var found = findings.Candidate.Files.Of(CheckpointFileKind.DeepSpeedShard).Select(file => file.Path).ToList();
        _named = Latest();
        // Without that file the newest save is meant.
        _folder = _named ?? found.Select(FolderOf).Max(NaturalOrder.Instance)!;
        foreach (var path in found)
            if (FolderOf(path) == _folder)
                _shards.Add((path, DeepSpeedName.Parse(path.AsSpan(path.LastIndexOf('/') + 1))));
    }

    /// <summary>Checks the shards; null where there are none.</summary>
    public static DistributedShards? Check(Findings findings)
    {
        if (!findings.Candidate.Files.Of(CheckpointFileKind.DeepSpeedShard).Any()) return null;
        return new DeepSpeedFolder(findings).Check();
    }

    private DistributedShards Check()
    {
        if (_named is null)
        {
            // The shards can be put together without it.
            _findings.Faults.Add(new ReadFault(LatestFile, "the file that names the shards' folder is missing; DeepSpeed does not resume without it"));
        }

        if (_shards.Count == 0) Broken(LatestFile, $"it names '{_folder}', where no shards lie");
        foreach (var (path, _) in _shards)
        {
            var shard = TorchFileReader.Read(_findings.FullPath(path), path, TorchDepth.DirectoryIfTorch);
            if (shard.Fault is { } fault)
            {
                _findings.Faults.Add(fault);
                _isWhole = false;
            }
        }

        if (_shards.Count > 0 && _shards.TrueForAll(shard => shard.Name is not null)) CheckRanks();
        return new DistributedShards(_isWhole, HasOptimizer: _named is not null && _shards.Exists(shard => shard.Name is { IsOptimizer: true }) && _shards.Exists(shard => shard.Name is { IsOptimizer: false }), Remedy());
    }

    private void CheckRanks()
    {
        var names = _shards.ConvertAll(shard => shard.Name!.Value);
        // Nothing contradicts itself there; but it will not do.
        if (!names.Exists(name => name.IsOptimizer)) _findings.Faults.Add(new ReadFault(_folder, "it has no optimizer states, in which ZeRO keeps the weights"));
        if (!names.Exists(name => !name.IsOptimizer)) _findings.Faults.Add(new ReadFault(_folder, "it has no model states, which say what the weights are called"));
        foreach (var group in names.Where(name => name.Rank is not null).GroupBy(name => (name.IsOptimizer, name.ModelRank)))
        {
            var ranks = group.Select(name => name.Rank!.Value).ToHashSet();
            for (var rank = 0; rank < ranks.Max(); rank++)
                if (!ranks.Contains(rank))
                    Broken(_folder, $"the {(group.Key.IsOptimizer ? "optimizer" : "model")} states of process {rank} are missing");
        }

        // Of ZeRO-3 the model states are as many as the optimizer states.
        var optimizers = names.Count(name => name.IsOptimizer);
        var models = names.Count(name => !name.IsOptimizer && name.Rank is not null);
        if (models > 0 && models != optimizers) Broken(_folder, $"there are {optimizers} optimizer states and {models} model states, which must be as many");

        // The last process leaves no gap where its shard is missing; but each has saved a random state of its own.
        var processes = _findings.Candidate.Files.Of(CheckpointFileKind.RandomState).Count();
        if (optimizers > 0 && optimizers < processes && names.TrueForAll(name => name.ModelRank == 0))
            Broken(_folder, $"there are random states of {processes} processes, and optimizer states of {optimizers}");
    }

    private void Broken(string path, string message)
    {
        _findings.Faults.Add(new ReadFault(path, message));
        _isWhole = false;
    }

    private string? Latest()
    {
        var text = FilePart.Whole(_findings.FullPath(LatestFile), LatestFile, LongestLatest).Value;
        return text is null || Encoding.UTF8.GetString(text).Trim() is not { Length: > 0 } name ? null : name;
    }

    /// <summary>The script that DeepSpeed leaves in the checkpoint knows the checkpoint's format best; older ones write one file and know no safetensors.</summary>
    private string Remedy()
    {
        var directory = _findings.Candidate.FullPath;
        var (checkpoint, tag) = (ShellText.QuotePath(directory), _named is null ? $" --tag {ShellText.QuotePath(_folder)}" : "");
        var script = FilePart.Whole(_findings.FullPath(ScriptFile), ScriptFile, LongestScript).Value;
        if (script is null) return $"python -m deepspeed.utils.zero_to_fp32 {checkpoint} {checkpoint} --safe_serialization{tag}";

        var command = $"python {ShellText.QuotePath(Path.Combine(directory, ScriptFile))} {checkpoint}";
        return script.AsSpan().IndexOf("safe_serialization"u8) >= 0
            ? $"{command} {checkpoint} --safe_serialization{tag}"
            : $"{command} {ShellText.QuotePath(Path.Combine(directory, "pytorch_model.bin"))}{tag}";
    }

    private static string FolderOf(string path) => path[..Math.Max(0, path.LastIndexOf('/'))];
}
