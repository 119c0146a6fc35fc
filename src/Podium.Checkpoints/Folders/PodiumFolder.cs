namespace Podium.Checkpoints.Folders;

/// <summary>Where Podium itself keeps things in a run folder. Its names begin with a point, so that no trainer takes them for checkpoints.</summary>
internal static class PodiumFolder
{
    /// <summary>What it keeps beside the checkpoints.</summary>
    public const string Name = ".podium";

    /// <summary>The start of the name of what is being deleted: it was a checkpoint, and is none any more.</summary>
    public const string TrashPrefix = ".podium-trash-";

    /// <summary>The checkpoints that were kept from the trainer's rotation, relative to the run folder.</summary>
    public const string Kept = $"{Name}/kept";

    /// <summary>The checksums of weights that were read whole, relative to the run folder.</summary>
    public const string Checksums = $"{Name}/checksums";

    /// <summary>Held, as an advisory lock, by whoever changes the run folder; relative to it.</summary>
    public const string Lock = $"{Name}/lock";

    /// <summary>Held by the one who keeps checkpoints from rotation, for as long as it does; relative to the run folder.</summary>
    public const string KeepLock = $"{Name}/keep.lock";
}
