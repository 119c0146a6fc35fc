using Podium.Checkpoints.Folders;
using Podium.Checkpoints.RunFolders;

namespace Podium.Checkpoints.Following;

/// <summary>Follows a run folder while it grows, and keeps its best checkpoints from the trainer's rotation.</summary>
/// <remarks>Not safe for use by several threads at once.</remarks>
public sealed class RunWatch : IDisposable
{
    // How soon to look again at what may become complete without another change.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    // How soon to try again what could not be kept; a copy of many gigabytes that fails each time must not slow down the trainer.
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(1);

    private readonly FollowOptions _options;
    private readonly FolderChanges _changes;
    private readonly RunFollower _follower;
    private CheckpointKeeper? _keeper;

    /// <summary>Begins to follow a folder.</summary>
    /// <param name="folder">The run folder; it need not be there yet.</param>
    /// <param name="options">How.</param>
    public RunWatch(string folder, FollowOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Folder = folder;
        _options = options ?? new FollowOptions();
        _changes = new FolderChanges(folder, _options.Changes);
        _follower = new RunFollower(folder, _options);
    }

    /// <summary>The run folder.</summary>
    public string Folder { get; }

    /// <summary>Why the folder is polled; null where the system reports its changes.</summary>
    public string? WhyPolling => _changes.WhyPolling;

    /// <summary>The folder as it was read last; null while it holds no run.</summary>
    public FolderRanking? Ranking => _follower.Ranking;

    /// <summary>How far its newest run is.</summary>
    public RunProgress Progress => _follower.Progress;

    /// <summary>The names of the kept checkpoints, by step.</summary>
    public IReadOnlyList<string> Kept => Directory.Exists(Folder) ? [.. new KeptFolder(Folder).Names().Order(NaturalOrder.Instance)] : [];

    /// <summary>Reads the folder, and keeps what is to be kept.</summary>
    /// <param name="cancellation">Ends the work; nothing is left half done.</param>
    /// <returns>What is new, in the order in which it is to be told.</returns>
    /// <exception cref="KeeperIsThereException">Another process keeps the folder's best.</exception>
    public IReadOnlyList<FollowEvent> Look(CancellationToken cancellation = default)
    {
        // What changes from here on is another change.
        _changes.Look();
        BeginToKeep();
        var isRenamed = _keeper?.SettleCollisions() ?? false;
        var news = _follower.Read(cancellation);
        if (_keeper is null || Ranking is null) return news;

        var kept = _keeper.Keep(Ranking, cancellation);
        if (isRenamed || kept.Count > 0) _follower.ReadAgain(cancellation);
        // How far the run is comes last, in each report.
        news.InsertRange(news is [.., Progressed] ? news.Count - 1 : news.Count, kept);
        return news;
    }

    /// <summary>Waits until the folder is worth another look.</summary>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>False where the run has finished and its folder is quiet, or the waiting was cancelled.</returns>
    public bool Wait(CancellationToken cancellation)
    {
        var end = _follower.IsSettled ? Progress.End : RunEnd.None;
        var timeout = end switch
        {
            RunEnd.Closed => _options.Quiet,
            RunEnd.Logged => _options.LongQuiet,
            _ => !_follower.IsSettled ? Soon : _keeper is { HasFailures: true } ? Later : TimeSpan.MaxValue,
        };
        var changed = _changes.Wait(timeout, cancellation);
        return !cancellation.IsCancellationRequested && (changed || end == RunEnd.None);
    }

    /// <summary>That the run has finished, to be told when <see cref="Wait"/> says so.</summary>
    public RunFinished Finished() => new(_options.Read.Time.GetUtcNow(), Progress, Ranking?.Recommended);

    /// <inheritdoc/>
    public void Dispose()
    {
        _keeper?.Dispose();
        _changes.Dispose();
    }

    private void BeginToKeep()
    {
        // Not before the first checkpoint: some training scripts refuse a folder that is not empty.
        if (_options.KeepBest == 0 || _keeper is not null || !Directory.Exists(Folder) || !(CheckpointCandidate.AnyBelow(Folder) || CheckpointCandidate.AnyKept(Folder))) return;
        _keeper = CheckpointKeeper.Begin(Folder, _options);
    }
}

/// <summary>Another process keeps the best checkpoints of the folder already.</summary>
/// <param name="folder">The run folder.</param>
/// <param name="holder">Who does.</param>
public sealed class KeeperIsThereException(string folder, string holder)
    : IOException($"Another podium keeps the best checkpoints of {folder} already; end that one first, or watch without --keep-best. {holder}");
