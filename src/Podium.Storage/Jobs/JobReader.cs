using System.Data.Common;
using Dapper;
using Podium.Storage.Databases;

namespace Podium.Storage.Jobs;

/// <summary>Reads the rows of jobs that fit a question.</summary>
internal sealed class JobReader(Database database)
{
    private static readonly string[] Searched = ["job_id", "job_name", "model_name", "model_display_name", "dataset_name"];

    public async Task<(IReadOnlyList<JobRow> Jobs, long Total)> ListAsync(JobQuery query, CancellationToken cancellation)
    {
        await using var connection = await database.OpenReaderAsync(cancellation);
        var (where, parameters) = Where(query, connection);
        var total = await connection.ExecuteScalarAsync<long>(new CommandDefinition($"SELECT COUNT(*) FROM local_training_jobs {where}", parameters, cancellationToken: cancellation));
        if (query.Limit == 0 || query.Offset >= total) return ([], total);
        var order = JobSorts.Statement(query, text => database.Lowered(connection, text));
        var jobs = await connection.QueryAsync<JobRow>(new CommandDefinition(
            $"SELECT {JobColumns.All} FROM local_training_jobs {where} ORDER BY {order} LIMIT @Limit OFFSET @Offset", parameters, cancellationToken: cancellation));
        return (jobs.AsList(), total);
    }

    public async Task<IReadOnlyDictionary<string, long>> CountByStatusAsync(string? text, CancellationToken cancellation)
    {
        await using var connection = await database.OpenReaderAsync(cancellation);
        var (where, parameters) = Where(new JobQuery { Text = text }, connection);
        var counts = await connection.QueryAsync<(string Status, long Count)>(new CommandDefinition(
            $"SELECT status, COUNT(*) FROM local_training_jobs {where} GROUP BY status", parameters, cancellationToken: cancellation));
        var known = counts.ToDictionary(count => count.Status, count => count.Count, StringComparer.Ordinal);
        foreach (var status in JobStatus.All) known.TryAdd(status, 0);
        return known;
    }

    private (string Where, DynamicParameters Parameters) Where(JobQuery query, DbConnection connection)
    {
        List<string> conditions = [];
        var parameters = new DynamicParameters(new { query.Limit, query.Offset });
        if (query.JobId is { } job)
        {
            conditions.Add("job_id = @job");
            parameters.Add("job", job);
        }

        if (query.Statuses.Count > 0)
        {
            // Each a parameter of its own: Dapper makes an array of a list for PostgreSQL, which SQLite has not.
            string[] statuses = [.. query.Statuses.Distinct(StringComparer.Ordinal)];
            conditions.Add($"status IN ({string.Join(", ", statuses.Select((_, i) => $"@status{i}"))})");
            for (var i = 0; i < statuses.Length; i++) parameters.Add($"status{i}", statuses[i]);
        }

        if (query.Text is { Length: > 0 } text)
        {
            // No name has a NUL in it, and PostgreSQL takes none.
            conditions.Add(text.Contains('\0', StringComparison.Ordinal) ? "1 = 0" : $"({string.Join(" OR ", Searched.Select(column => $"{database.Lowered(connection, column)} LIKE @pattern ESCAPE '!'"))})");
            parameters.Add("pattern", PatternOf(text.Replace('\0', ' ')));
        }

        return (conditions.Count == 0 ? "" : $"WHERE {string.Join(" AND ", conditions)}", parameters);
    }

    /// <summary>What is looked for as a pattern, in which nothing but its ends stands for anything else.</summary>
    private static string PatternOf(string text) =>
        $"%{text.ToLowerInvariant().Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal)}%";
}
