namespace Podium.Checkpoints.Following;

/// <summary>Tells when something below a run folder has changed.</summary>
/// <remarks>
/// The system's reports (inotify) only say when to look; whether something has changed is always told by the same look, so
/// that watching and polling give the same answer. The folder may not be there yet, go, and come again. Not safe for use by
/// several threads at once.
/// </remarks>
public sealed class FolderChanges : IDisposable
{
    private static readonly TimeSpan UsualPoll = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan UntilItIsThere = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan SoonAfterAChange = TimeSpan.FromSeconds(1);

    // A trainer that never stops writing must not hold up the look: its rotation would be first.
    private static readonly TimeSpan LongestDebounce = TimeSpan.FromSeconds(1);

    private readonly AutoResetEvent _reported = new(initialState: false);
    private readonly string _folder;
    private readonly ChangeOptions _options;
    private FileSystemWatcher? _watcher;
    private FolderFingerprint _seen;
    private TimeSpan _pause;
    private volatile string? _whyPolling;

    /// <summary>Begins to watch a folder.</summary>
    /// <param name="folder">The folder; it need not be there yet.</param>
    /// <param name="options">How.</param>
    public FolderChanges(string folder, ChangeOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _folder = folder;
        _options = options ?? new ChangeOptions();
        _whyPolling = _options.Poll is null ? null : "it was asked for";
        _pause = SoonAfterAChange;
        Watch();
    }

    /// <summary>Why the folder is polled; null where the system reports its changes.</summary>
    public string? WhyPolling => _whyPolling;

    /// <summary>Waits until something has changed since the last look.</summary>
    /// <param name="timeout">How long to wait at most.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>Whether something has changed; false where the time is over or the waiting was cancelled.</returns>
    public bool Wait(TimeSpan timeout, CancellationToken cancellation)
    {
        var began = _options.Time.GetTimestamp();
        while (timeout - _options.Time.GetElapsedTime(began) is var left && left > TimeSpan.Zero)
        {
            var pause = _watcher is not null ? _pause : _options.Poll ?? (_seen.Exists ? UsualPoll : UntilItIsThere);
            var woken = WaitHandle.WaitAny([_reported, cancellation.WaitHandle], pause < left ? pause : left);
            if (cancellation.IsCancellationRequested) return false;
            if (woken == 0) Settle(cancellation);
            if (Look())
            {
                // Seen, but not reported: the watch is of a folder that is no more, or lost something.
                if (woken == WaitHandle.WaitTimeout) Unwatch();
                return true;
            }

            // What appears in a new folder before that is watched, too, is not reported; a look soon afterwards finds it.
            _pause = _pause + _pause < _options.SafetyPoll ? _pause + _pause : _options.SafetyPoll;
        }

        return false;
    }

    /// <summary>Looks at once.</summary>
    /// <returns>Whether something has changed since the last look; the first one finds whatever is there.</returns>
    public bool Look()
    {
        // The watch stands before the look: what changes after the look is reported.
        Watch();
        var now = FolderFingerprint.Of(_folder);
        if (now == _seen) return false;
        if (!now.Exists) Unwatch();
        _seen = now;
        _pause = SoonAfterAChange < _options.SafetyPoll ? SoonAfterAChange : _options.SafetyPoll;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Unwatch();
        _reported.Dispose();
    }

    private void Settle(CancellationToken cancellation)
    {
        var began = _options.Time.GetTimestamp();
        while (_options.Time.GetElapsedTime(began) < LongestDebounce && WaitHandle.WaitAny([_reported, cancellation.WaitHandle], _options.Debounce) == 0)
        {
        }
    }

    private void Watch()
    {
        if (_whyPolling is not null) Unwatch();
        if (_watcher is not null || _whyPolling is not null || !Directory.Exists(_folder)) return;
        _whyPolling = FileSystemKind.WhyPolled(_folder);
        if (_whyPolling is not null) return;

        FileSystemWatcher? watcher = null;
        try
        {
            watcher = new FileSystemWatcher(_folder)
            {
                IncludeSubdirectories = true,
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size,
            };
            watcher.Created += Report;
            watcher.Changed += Report;
            watcher.Deleted += Report;
            watcher.Renamed += Report;
            watcher.Error += GiveUp;
            watcher.EnableRaisingEvents = true;
            _watcher = watcher;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            watcher?.Dispose();
            // A folder that went meanwhile is no reason to give up: it may come again.
            if (Directory.Exists(_folder)) _whyPolling = exception.Message;
        }
    }

    private void Unwatch()
    {
        _watcher?.Dispose();
        _watcher = null;
    }

    private void Report(object sender, FileSystemEventArgs change) => Wake();

    /// <summary>Too many folders to watch, or more reports than could be taken: from here on it is polled.</summary>
    private void GiveUp(object sender, ErrorEventArgs error)
    {
        if (Directory.Exists(_folder)) _whyPolling = error.GetException().Message;
        Wake();
    }

    private void Wake()
    {
        try
        {
            _reported.Set();
        }
        catch (ObjectDisposedException)
        {
            // A report that was on its way when the watching ended.
        }
    }
}
