namespace Podium.Server.Artifacts;

/// <summary>Where this server puts what is being uploaded, and nobody else: what others left behind when they were killed is cleared away.</summary>
/// <remarks>
/// Several servers may have one data folder, on one machine or on several. Each holds a lock beside its folder for as long as it
/// lives, and the system lets go of that however it ends. Of another machine's server a lock tells nothing here: of those, only
/// files go that nobody has written to for a day. Safe for use by several threads at once.
/// </remarks>
internal sealed partial class UploadFolder(ArtifactFolders folders, TimeProvider time, ILogger<UploadFolder> logger) : IHostedService, IDisposable
{
    private const string LockSuffix = ".lock";

    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    // A machine's name may hold what a file's may not.
    private static readonly string Machine = string.Concat(Environment.MachineName.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'));

    private readonly Lock _opening = new();
    private string? _folder;
    private FileStream? _lock;

    /// <summary>The folder, which is there then.</summary>
    public string Open()
    {
        lock (_opening)
        {
            if (_folder is null)
            {
                Directory.CreateDirectory(folders.Uploads);
                var folder = Path.Combine(folders.Uploads, $"{Machine}.{Guid.NewGuid():n}");
                // First the lock: whoever finds the folder finds it locked.
                _lock = new FileStream(folder + LockSuffix, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
                _folder = folder;
            }

            Directory.CreateDirectory(_folder);
            return _folder;
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (Directory.Exists(folders.Uploads)) Clear();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It takes room, and does no other harm.
            NotCleared(failure.Message);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        lock (_opening)
        {
            if (_lock is null || _folder is null) return;
            try
            {
                if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
                File.Delete(_lock.Name);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // The next start does it.
            }

            _lock.Dispose();
            _lock = null;
        }
    }

    private void Clear()
    {
        foreach (var name in Directory.EnumerateFiles(folders.Uploads, $"*{LockSuffix}").ToArray())
        {
            var folder = name[..^LockSuffix.Length];
            if (Path.GetFileName(name).StartsWith($"{Machine}.", StringComparison.Ordinal)) ClearIfDead(folder, name);
            else if (Directory.Exists(folder)) ClearOld(folder);
        }
    }

    private void ClearIfDead(string folder, string lockFile)
    {
        try
        {
            using var held = new FileStream(lockFile, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            var count = 0;
            if (Directory.Exists(folder))
            {
                count = Directory.GetFiles(folder).Length;
                Directory.Delete(folder, recursive: true);
            }

            File.Delete(lockFile);
            if (count > 0) Cleared(count);
        }
        catch (IOException)
        {
            // Its server lives.
        }
    }

    private void ClearOld(string folder)
    {
        var old = time.GetUtcNow().UtcDateTime - Abandoned;
        var left = Directory.GetFiles(folder).Where(file => File.GetLastWriteTimeUtc(file) < old).ToArray();
        foreach (var file in left) File.Delete(file);
        if (left.Length > 0) Cleared(left.Length);
    }

    [LoggerMessage(EventId = 3041, Level = LogLevel.Information, Message = "{Count} uploads that were broken off were cleared away")]
    private partial void Cleared(int count);

    [LoggerMessage(EventId = 3042, Level = LogLevel.Warning, Message = "Uploads that were broken off could not be cleared away: {Reason}")]
    private partial void NotCleared(string reason);
}
