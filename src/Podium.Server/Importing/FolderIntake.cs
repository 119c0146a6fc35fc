using Podium.Checkpoints.RunFolders;
using Podium.Ranking;
using Podium.Server.Access;
using Podium.Server.Configuration;
using Podium.Server.Metrics;
using Podium.Storage;
using Podium.Storage.Jobs;

namespace Podium.Server.Importing;

/// <summary>Brings what lies in a run folder into its job: histories, checkpoints, and which of those are gone.</summary>
/// <remarks>What a folder tells and what was reported becomes one history in the database, by which alone a job is ranked.</remarks>
internal sealed class FolderIntake(PodiumStorage storage, AllowedFolders folders, SeriesLimit series, ServerOptions options, TimeProvider time)
{
    /// <summary>Reads a folder.</summary>
    /// <returns>Null where it cannot be reached, or something in it leads out of the run folders.</returns>
    public async Task<RunFolder?> ReadAsync(string folder, CancellationToken cancellation)
    {
        try
        {
            // Reading a thousand files is no work for a thread that answers requests.
            return await Task.Run(() => folders.LinkOutOf(folder) is null ? RunFolderReader.Read(folder, new ReadOptions { Time = time }, cancellation) : null, cancellation);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Says whether a folder holds more than a job may have.</summary>
    /// <returns>What is too much, in a sentence; null where nothing is.</returns>
    public async ValueTask<string?> FaultAsync(string jobId, RunFolder folder, CancellationToken cancellation)
    {
        var names = folder.Runs.SelectMany(run => run.Run.History.Columns).Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        var longest = options.Limits.NameLength;
        return names.FirstOrDefault(name => name.Length > longest) is { } name
            ? $"The metric '{name.AsSpan(0, Math.Min(longest, 32))}…' has a name of {name.Length} characters; at most {longest} are kept ({ServerLimits.OptionOf("name_length")})."
            : await series.FaultAsync(jobId, names, cancellation);
    }

    /// <summary>Brings a folder that was read into a job.</summary>
    /// <returns>False where there is no such job.</returns>
    public async Task<bool> TakeAsync(string jobId, RunFolder folder, string? actor)
    {
        var isTaken = await storage.Jobs.ImportAsync(jobId, [.. folder.Runs.Reverse().Select(run => new ImportedRun(run.Run) { InStateFiles = run.InStateFiles })], isWhole: true, actor);
        series.Forget(jobId);
        return isTaken;
    }

    /// <summary>What to know about a folder that could not be read.</summary>
    public IReadOnlyList<RankingNote> NotesOf(string unread)
    {
        try
        {
            return Directory.Exists(unread) && folders.LinkOutOf(unread) is { } link ? [new("link-out", LinkFault(link))] : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>What is said of a link that leads elsewhere.</summary>
    public static string LinkFault(string link) => $"'{link}' leads out of the run folders by a symbolic link, so nothing of the folder is read.";

    /// <summary>What to know about a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="fault">What <see cref="FaultAsync"/> said of it.</param>
    public static IReadOnlyList<RankingNote> NotesOf(RunFolder folder, string? fault) =>
        [.. fault is null ? (RankingNote[])[] : [new("too-many-metrics", $"Nothing of the run folder was taken in. {fault}")], .. folder.Warnings, .. folder.Unreadable.Select(unreadable => new RankingNote("unreadable", $"{unreadable.Path} could not be read: {unreadable.Fault}"))];
}
