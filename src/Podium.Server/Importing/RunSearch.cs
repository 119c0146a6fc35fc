using Podium.Checkpoints.Folders;
using Podium.Storage;

namespace Podium.Server.Importing;

/// <summary>Looks for run folders that could be imported, for no longer than somebody waits for a page.</summary>
internal sealed class RunSearch(PodiumStorage storage, TimeProvider time) : IDisposable
{
    /// <summary>How many folders are enough.</summary>
    public const int Most = 200;

    /// <summary>How long a search may take.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    // Trees of hundreds of thousands of folders keep a disk busy.
    private readonly SemaphoreSlim _turns = new(2);

    /// <summary>Finds run folders.</summary>
    /// <param name="below">The folders at or below which they lie.</param>
    /// <param name="cancellation">Ends the search.</param>
    public async Task<FoundFolders> FindAsync(IReadOnlyList<string> below, CancellationToken cancellation)
    {
        List<string> found = [];
        var isWhole = true;
        await _turns.WaitAsync(cancellation);
        try
        {
            using var late = new CancellationTokenSource(Longest, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
            await Task.Run(
                () =>
                {
                    foreach (var root in below)
                    {
                        var runs = RunFinder.FindSome(root, Most - found.Count, either.Token);
                        // Roots may lie in one another.
                        found.AddRange(runs.Folders.Where(folder => !found.Contains(folder, StringComparer.Ordinal)));
                        isWhole &= runs.IsWhole;
                    }
                },
                cancellation);
        }
        finally
        {
            _turns.Release();
        }

        var jobs = await storage.Folders.FindJobsAsync(found, cancellation);
        return new FoundFolders([.. found.Select(folder => new FoundFolder(folder, jobs.GetValueOrDefault(folder)))], isWhole);
    }

    public void Dispose() => _turns.Dispose();
}

/// <summary>Run folders that were found.</summary>
/// <param name="Folders">The folders.</param>
/// <param name="IsWhole">Whether these are all that are there.</param>
internal sealed record FoundFolders(IReadOnlyList<FoundFolder> Folders, bool IsWhole);

/// <summary>A run folder that was found.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="JobId">The job that it is already; null where it is none.</param>
internal sealed record FoundFolder(string Folder, string? JobId);
