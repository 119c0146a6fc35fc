using Podium.Checkpoints.Folders;
using Podium.Checkpoints.RunFolders;
using Podium.Checkpoints.TrainerStates;
using Podium.Ranking;

namespace Podium.Checkpoints.Following;

/// <summary>Keeps the best checkpoints of a run folder from the trainer's own rotation, in <c>.podium/kept</c>.</summary>
/// <remarks>
/// A checkpoint is copied under a name that is none of a checkpoint, verified, and renamed; it leaves the same way. So there
/// is no moment at which a kept one is not whole. One keeper at a time: it holds a lock until it is disposed of.
/// </remarks>
internal sealed class CheckpointKeeper : IDisposable
{
    private readonly Dictionary<string, string> _failures = new(StringComparer.Ordinal);
    private readonly string _folder;
    private readonly FollowOptions _options;
    private readonly IDisposable _lock;
    private readonly KeptFolder _kept;
    private readonly KeptCopy _copy;

    private CheckpointKeeper(string folder, FollowOptions options, IDisposable held)
    {
        (_folder, _options, _lock) = (folder, options, held);
        _kept = new KeptFolder(folder);
        _copy = new KeptCopy(folder, options.Link, options.Read.Time);
    }

    /// <summary>Whether something could not be kept that should be.</summary>
    public bool HasFailures => _failures.Count > 0;

    /// <summary>Begins to keep, and clears away what a killed keeper left behind.</summary>
    /// <exception cref="KeeperIsThereException">Another process keeps for the folder.</exception>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public static CheckpointKeeper Begin(string folder, FollowOptions options)
    {
        var held = RunFolderLock.TryTake(folder, PodiumFolder.KeepLock, "podium watch --keep-best", options.Read.Time, out var refusal, out var isHeld);
        if (held is null) throw isHeld ? new KeeperIsThereException(folder, refusal) : new IOException($"Nothing can be kept in {folder}: {refusal}");
        var keeper = new CheckpointKeeper(folder, options, held);
        using var changing = keeper.TryChange();
        // What another process is deleting just now is no leftover.
        keeper._kept.ClearLeftovers(withTrash: changing is not null);
        return keeper;
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    /// <summary>Makes way for checkpoints that were saved under the names of kept ones.</summary>
    /// <returns>Whether the folder must be read again.</returns>
    public bool SettleCollisions()
    {
        using var changing = TryChange();
        try
        {
            // Whoever prunes has the lock for a moment; the next change is another try.
            return changing is not null && _kept.SettleCollisions();
        }
        catch (IOException)
        {
            // A checkpoint that went meanwhile; the next look tells.
            return false;
        }
    }

    /// <summary>Keeps what is to be kept, and lets go of what is no longer needed.</summary>
    /// <param name="ranking">The folder as it was read after <see cref="SettleCollisions"/>.</param>
    /// <param name="cancellation">Ends the copying; nothing is left half done.</param>
    /// <returns>What was done.</returns>
    public List<FollowEvent> Keep(FolderRanking ranking, CancellationToken cancellation)
    {
        List<FollowEvent> done = [];
        var before = Plan(ranking);
        foreach (var failed in _failures.Keys.Where(name => !before.Keep.Any(checkpoint => checkpoint.Path == name)).ToArray()) _failures.Remove(failed);
        foreach (var checkpoint in before.Keep) TryKeep(checkpoint, done, cancellation);

        // What was just kept may make others dispensable; what could not be kept may not.
        var after = Plan(ranking);
        if (after.Release.Count == 0) return done;
        using var changing = TryChange();
        if (changing is null) return done;
        foreach (var checkpoint in after.Release) TryRelease(checkpoint, done);
        return done;
    }

    /// <summary>The right to delete; nobody prunes meanwhile.</summary>
    private RunFolderLock? TryChange() => RunFolderLock.TryTake(_folder, PodiumFolder.Lock, "podium watch --keep-best", _options.Read.Time, out _, out _);

    private KeepPlan Plan(FolderRanking ranking) => KeepPlan.For(ranking.Runs, _options.KeepBest, _kept.Names(), IsReadable);

    private bool IsReadable(Checkpoint checkpoint) => TrainerStateReader.Read(Path.Combine(_folder, checkpoint.Path, CheckpointFiles.StateFileName)).Value is not null;

    private void TryKeep(Checkpoint checkpoint, List<FollowEvent> done, CancellationToken cancellation)
    {
        try
        {
            var bytes = _copy.Make(checkpoint.Path, cancellation);
            _failures.Remove(checkpoint.Path);
            done.Add(new CheckpointKept(Now(), KeptPath.Of(checkpoint.Path), checkpoint, bytes));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Fail(checkpoint.Path, "not-kept", $"{checkpoint.Path} could not be kept: {exception.Message} It will be tried again.", done);
        }
    }

    private void TryRelease(Checkpoint checkpoint, List<FollowEvent> done)
    {
        var name = KeptPath.NameOf(checkpoint.Path);
        try
        {
            _kept.Release(name);
            done.Add(new CheckpointReleased(Now(), KeptPath.Of(name), checkpoint.Step));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Fail(KeptPath.Of(name), "not-released", $"{KeptPath.Of(name)} could not be let go: {exception.Message}", done);
        }
    }

    /// <summary>The same failure is told once, however often it is tried again.</summary>
    private void Fail(string path, string code, string message, List<FollowEvent> done)
    {
        if (_failures.TryGetValue(path, out var told) && told == message) return;
        _failures[path] = message;
        done.Add(new FollowWarning(Now(), code, message));
    }

    private DateTimeOffset Now() => _options.Read.Time.GetUtcNow();
}
