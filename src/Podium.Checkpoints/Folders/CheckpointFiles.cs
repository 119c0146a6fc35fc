using System.IO.Enumeration;
using Podium.Ranking;

namespace Podium.Checkpoints.Folders;

/// <summary>What lies in a checkpoint's folder, by its directory alone: no file is opened.</summary>
/// <param name="SizeBytes">The bytes of all files below it.</param>
/// <param name="StateBytes">The bytes of its <c>trainer_state.json</c>; null where it has none.</param>
/// <param name="HasWeights">Whether it has a file of whole weights, or a part of such.</param>
/// <param name="HasShards">Whether it has the shards of a distributed optimizer (DeepSpeed, FSDP).</param>
/// <param name="NewestWrite">When a file of it was last written.</param>
internal readonly record struct CheckpointFiles(long SizeBytes, long? StateBytes, bool HasWeights, bool HasShards, DateTimeOffset NewestWrite)
{
    public const string StateFileName = "trainer_state.json";

    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.None,
        IgnoreInaccessible = true,
        MaxRecursionDepth = 8,
    };

    /// <summary>Whether it has a <c>trainer_state.json</c>.</summary>
    public bool HasState => StateBytes is not null;

    /// <summary>Whether it could be used, as far as the directory tells.</summary>
    public CheckpointState State => HasWeights ? CheckpointState.Complete
        : HasShards ? CheckpointState.NeedsConsolidation
        : CheckpointState.Weightless;

    /// <summary>Looks through a folder.</summary>
    /// <returns>Null where the folder is gone.</returns>
    public static CheckpointFiles? Of(string folder)
    {
        var size = 0L;
        long? state = null;
        var (hasWeights, hasShards) = (false, false);
        var newest = DateTimeOffset.MinValue;
        try
        {
            // Everything is taken in by the predicate, which picks nothing: so no object is made for a file.
            var none = new FileSystemEnumerable<string>(folder, static (ref FileSystemEntry _) => "", Everything)
            {
                ShouldRecursePredicate = static (ref FileSystemEntry entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
                ShouldIncludePredicate = (ref FileSystemEntry entry) =>
                {
                    if (entry.IsDirectory) return false;
                    size += entry.Length;
                    if (entry.LastWriteTimeUtc is var write && write > newest) newest = write;
                    // What lies deeper belongs to something else.
                    var kind = KindOf(entry.FileName, isOwn: entry.Directory.Length == entry.RootDirectory.Length);
                    if (kind == Kind.State) state = entry.Length;
                    hasWeights |= kind == Kind.Weights;
                    hasShards |= kind == Kind.Shard;
                    return false;
                },
            };
            foreach (var _ in none)
            {
            }

            return new CheckpointFiles(size, state, hasWeights, hasShards, newest);
        }
        catch (DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static Kind KindOf(ReadOnlySpan<char> name, bool isOwn)
    {
        if (name.EndsWith(".distcp") || ((name.StartsWith("bf16_zero_pp_rank_") || name.StartsWith("zero_pp_rank_")) && name.EndsWith("_states.pt"))) return Kind.Shard;
        if (!isOwn) return Kind.Other;
        if (name is StateFileName) return Kind.State;
        return name.EndsWith(".safetensors") || name.EndsWith(".gguf")
            || (name.EndsWith(".bin") && (name.StartsWith("pytorch_model") || name.StartsWith("adapter_model")))
            ? Kind.Weights
            : Kind.Other;
    }

    private enum Kind
    {
        Other,
        State,
        Weights,
        Shard,
    }
}
