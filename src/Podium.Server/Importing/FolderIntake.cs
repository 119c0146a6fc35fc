using Podium.Checkpoints.RunFolders;
using Podium.Ranking;
using Podium.Storage;

namespace Podium.Server.Importing;

/// <summary>Brings what lies in a run folder into its job: histories, checkpoints, and which of those are gone.</summary>
/// <remarks>What a folder tells and what was reported becomes one history in the database, by which alone a job is ranked.</remarks>
internal sealed class FolderIntake(PodiumStorage storage, TimeProvider time)
{
    /// <summary>Reads a folder.</summary>
    /// <returns>Null where it cannot be reached.</returns>
    public async Task<RunFolder?> ReadAsync(string folder, CancellationToken cancellation)
    {
        try
        {
            // Reading a thousand files is no work for a thread that answers requests.
            return await Task.Run(() => RunFolderReader.Read(folder, new ReadOptions { Time = time }, cancellation), cancellation);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Brings a folder that was read into a job.</summary>
    /// <returns>False where there is no such job.</returns>
    public Task<bool> TakeAsync(string jobId, RunFolder folder, string? actor) =>
        storage.Jobs.ImportAsync(jobId, [.. folder.Runs.Reverse().Select(run => run.Run)], isWhole: true, actor);

    /// <summary>What to know about a folder.</summary>
    public static IReadOnlyList<RankingNote> NotesOf(RunFolder folder) =>
        [.. folder.Warnings, .. folder.Unreadable.Select(unreadable => new RankingNote("unreadable", $"{unreadable.Path} could not be read: {unreadable.Fault}"))];
}
