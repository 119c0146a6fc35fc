using Podium.Checkpoints.Following;

namespace Podium.Server.Listing;

/// <summary>Tells whether anything in a run folder has changed since it was last read, at next to no cost where nothing has.</summary>
/// <remarks>
/// A checkpoint that appears or vanishes changes the folder's own time: that is one question to the system. What changes inside of
/// one is found by a look at the names, sizes and times of all files, at most once a <see cref="LookAgain"/>. Not safe for use by
/// several threads at once.
/// </remarks>
internal sealed class RunFolderLook(string folder, TimeProvider time) : IDisposable
{
    /// <summary>How old a look may be.</summary>
    public static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(900);

    // The system's clock for files ticks every few milliseconds: two changes within a tick leave the same time.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    private readonly FolderChanges _changes = new(folder, new ChangeOptions { Poll = LookAgain });
    private DateTime _written;
    private bool _isSettled;
    private long _lookedAt;
    private bool _hasLooked;

    /// <summary>The folder.</summary>
    public string Folder { get; } = folder;

    /// <summary>Whether something has changed since the last time that this said so; the first time it has.</summary>
    /// <param name="atOnce">Whether to look inside now, however short ago that was done.</param>
    public bool HasChanged(bool atOnce)
    {
        var written = Directory.GetLastWriteTimeUtc(Folder);
        if (!atOnce && _hasLooked && _isSettled && written == _written && time.GetElapsedTime(_lookedAt) < LookAgain) return false;

        // Times and clock are read before the look: what changes during it is seen by the next one.
        _lookedAt = time.GetTimestamp();
        _isSettled = time.GetUtcNow().UtcDateTime - written > Tick;
        _written = written;
        _hasLooked = true;
        return _changes.Look();
    }

    public void Dispose() => _changes.Dispose();
}
