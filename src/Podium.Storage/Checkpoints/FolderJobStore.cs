using Dapper;
using Podium.Storage.Databases;

namespace Podium.Storage.Checkpoints;

/// <summary>How much of a job is kept.</summary>
/// <param name="Runs">Its runs.</param>
/// <param name="Checkpoints">Its checkpoints that are there.</param>
/// <param name="Points">All its points, as they came.</param>
public sealed record JobContents(long Runs, long Checkpoints, long Points);

/// <summary>Reads which job a run folder is, and how much is kept of it.</summary>
/// <remarks>Safe for use by several threads at once.</remarks>
public sealed class FolderJobStore
{
    private readonly Database _database;

    internal FolderJobStore(Database database) => _database = database;

    /// <summary>Finds the job of a run folder; of several the oldest.</summary>
    /// <param name="runFolder">The folder, as jobs have it.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>Null where no job has it.</returns>
    public async Task<string?> FindJobAsync(string runFolder, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenReaderAsync(cancellation);
        return await connection.QueryFirstOrDefaultAsync<string>(new CommandDefinition(
            "SELECT job_id FROM local_training_jobs WHERE run_folder = @runFolder ORDER BY created_at, job_id", new { runFolder }, cancellationToken: cancellation));
    }

    /// <summary>Finds which of several run folders are jobs.</summary>
    /// <param name="runFolders">The folders, as jobs have them; at most some hundreds.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>The job of each folder that is one; of several the oldest.</returns>
    public async Task<IReadOnlyDictionary<string, string>> FindJobsAsync(IReadOnlyCollection<string> runFolders, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(runFolders);
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        if (runFolders.Count == 0) return found;
        // Each a parameter of its own: Dapper makes an array of a list for PostgreSQL, which SQLite has not.
        var parameters = new DynamicParameters();
        foreach (var folder in runFolders) parameters.Add($"folder{parameters.ParameterNames.Count()}", folder);
        await using var connection = await _database.OpenReaderAsync(cancellation);
        var jobs = await connection.QueryAsync<(string Folder, string JobId)>(new CommandDefinition(
            $"SELECT run_folder, job_id FROM local_training_jobs WHERE run_folder IN ({string.Join(", ", parameters.ParameterNames.Select(name => $"@{name}"))}) ORDER BY created_at, job_id", parameters, cancellationToken: cancellation));
        foreach (var (folder, jobId) in jobs) found.TryAdd(folder, jobId);
        return found;
    }

    /// <summary>Counts what is kept of a job.</summary>
    /// <param name="jobId">The job; of one that is not there nothing is kept.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<JobContents> CountAsync(string jobId, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenReaderAsync(cancellation);
        return await connection.QuerySingleAsync<JobContents>(new CommandDefinition(
            """
            SELECT
              (SELECT COUNT(*) FROM job_runs WHERE job_id = @jobId) AS Runs,
              (SELECT COUNT(*) FROM checkpoints WHERE job_id = @jobId AND gone_at IS NULL) AS Checkpoints,
              (SELECT COUNT(*) FROM points p JOIN series s ON s.id = p.series_id WHERE s.job_id = @jobId) AS Points
            """,
            new { jobId },
            cancellationToken: cancellation));
    }
}
