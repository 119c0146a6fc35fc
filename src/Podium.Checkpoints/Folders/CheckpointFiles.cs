using System.IO.Enumeration;
using Podium.Ranking;

namespace Podium.Checkpoints.Folders;

/// <summary>What lies in a checkpoint's folder, by its directory alone: no file is opened.</summary>
/// <param name="SizeBytes">The bytes of all files below it.</param>
/// <param name="HasState">Whether it has a <c>trainer_state.json</c>.</param>
/// <param name="HasWeights">Whether it has a file of whole weights, or a part of such.</param>
/// <param name="HasShards">Whether it has the shards of a distributed optimizer (DeepSpeed, FSDP).</param>
/// <param name="NewestWrite">When a file of it was last written.</param>
internal readonly record struct CheckpointFiles(long SizeBytes, bool HasState, bool HasWeights, bool HasShards, DateTimeOffset NewestWrite)
{
    public const string StateFileName = "trainer_state.json";

    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.None,
        IgnoreInaccessible = true,
        MaxRecursionDepth = 8,
    };

    /// <summary>Whether it could be used, as far as the directory tells.</summary>
    public CheckpointState State => HasWeights ? CheckpointState.Complete
        : HasShards ? CheckpointState.NeedsConsolidation
        : CheckpointState.Weightless;

    /// <summary>Looks through a folder.</summary>
    /// <returns>Null where the folder is gone.</returns>
    public static CheckpointFiles? Of(string folder)
    {
        var files = new CheckpointFiles();
        try
        {
            var found = new FileSystemEnumerable<Found>(folder, static (ref FileSystemEntry entry) => Found.From(ref entry), Everything)
            {
                ShouldRecursePredicate = static (ref FileSystemEntry entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
            };
            foreach (var (size, kind, write) in found)
            {
                files = files with
                {
                    SizeBytes = files.SizeBytes + size,
                    HasState = files.HasState || kind == Kind.State,
                    HasWeights = files.HasWeights || kind == Kind.Weights,
                    HasShards = files.HasShards || kind == Kind.Shard,
                    NewestWrite = write > files.NewestWrite ? write : files.NewestWrite,
                };
            }

            return files;
        }
        catch (DirectoryNotFoundException)
        {
            return null;
        }
    }

    private enum Kind
    {
        Other,
        State,
        Weights,
        Shard,
    }

    private readonly record struct Found(long Size, Kind Kind, DateTimeOffset Write)
    {
        public static Found From(ref FileSystemEntry entry)
        {
            if (entry.IsDirectory) return default;
            // Of an entry in the folder itself; what lies deeper belongs to something else.
            var own = entry.Directory.Length == entry.RootDirectory.Length;
            return new Found(entry.Length, KindOf(entry.FileName, own), entry.LastWriteTimeUtc);
        }

        private static Kind KindOf(ReadOnlySpan<char> name, bool own)
        {
            if (name.EndsWith(".distcp") || (name.StartsWith("bf16_zero_pp_rank_") || name.StartsWith("zero_pp_rank_")) && name.EndsWith("_states.pt")) return Kind.Shard;
            if (!own) return Kind.Other;
            if (name is StateFileName) return Kind.State;
            return name.EndsWith(".safetensors") || name.EndsWith(".gguf")
                || (name.EndsWith(".bin") && (name.StartsWith("pytorch_model") || name.StartsWith("adapter_model")))
                ? Kind.Weights
                : Kind.Other;
        }
    }
}
