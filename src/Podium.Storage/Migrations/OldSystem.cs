using System.Data.Common;
using System.Globalization;
using Dapper;
using Podium.Reports;
using Podium.Storage.Databases;

namespace Podium.Storage.Migrations;

/// <summary>Takes over a database of the system before Podium: its tables are kept under other names, its rows imported.</summary>
/// <remarks>Its tables have the names and columns of the wire contract; which of them are there differs, and so do their types.</remarks>
internal static class OldSystem
{
    private const string Jobs = "local_training_jobs";
    private const string Metrics = "local_training_metrics";
    private const string Suffix = "_before_podium";

    private static readonly string[] TimeColumns = ["created_at", "started_at", "completed_at", "updated_at"];

    /// <summary>Puts tables of these names aside, and never deletes them.</summary>
    public static void SetAside(Database database, DbConnection writer, DbTransaction transaction)
    {
        var tables = database.Tables(writer, transaction);
        foreach (var table in (string[])[Jobs, Metrics])
            if (tables.Contains(table))
                writer.Execute($"ALTER TABLE {table} RENAME TO {table}{Suffix}", transaction: transaction);
    }

    /// <summary>Imports what was put aside.</summary>
    public static void Import(Database database, DbConnection writer, DbTransaction transaction, DateTimeOffset now)
    {
        var tables = database.Tables(writer, transaction);
        if (!tables.Contains(Jobs + Suffix)) return;

        var columns = ColumnsOf(writer, transaction, Jobs).Intersect(ColumnsOf(writer, transaction, Jobs + Suffix), StringComparer.OrdinalIgnoreCase).ToArray();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var old in writer.Query($"SELECT * FROM {Jobs}{Suffix}", transaction: transaction).Cast<IDictionary<string, object?>>().ToArray())
        {
            var row = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
            foreach (var column in columns) row[column] = ToOurs(column, old.First(cell => cell.Key.Equals(column, StringComparison.OrdinalIgnoreCase)).Value);
            if (row.GetValueOrDefault("job_id") is not string { Length: > 0 } job || !seen.Add(job)) continue;
            row["created_at"] = row.GetValueOrDefault("created_at") ?? row.GetValueOrDefault("started_at") ?? now.ToUnixTimeMilliseconds();
            row["updated_at"] = row.GetValueOrDefault("updated_at") ?? row["created_at"];
            row["status"] = row.GetValueOrDefault("status") ?? "completed";
            row["seq"] = 0L;
            var parameters = new DynamicParameters();
            foreach (var (column, value) in row) parameters.Add(column, value);
            writer.Execute($"INSERT INTO {Jobs} ({string.Join(", ", row.Keys)}) VALUES ({string.Join(", ", row.Keys.Select(column => $"@{column}"))})", parameters, transaction);
            writer.Execute("INSERT INTO job_runs (job_id, run) VALUES (@job, 1)", new { job }, transaction);
        }

        if (tables.Contains(Metrics + Suffix)) ImportMetrics(writer, transaction, seen);
    }

    private static void ImportMetrics(DbConnection writer, DbTransaction transaction, HashSet<string> jobs)
    {
        var metrics = ColumnsOf(writer, transaction, Metrics + Suffix)
            .Where(column => column is not ("id" or "job_id" or "step" or "timestamp" or "created_at" or "updated_at"))
            .ToArray();
        var series = new Dictionary<(string Job, string Key), long>();
        var sequences = new Dictionary<string, long>(StringComparer.Ordinal);
        // In the order of the steps, as it was trained.
        foreach (var old in writer.Query($"SELECT * FROM {Metrics}{Suffix} ORDER BY job_id, step", transaction: transaction).Cast<IDictionary<string, object?>>().ToArray())
        {
            if (Convert.ToString(old["job_id"], CultureInfo.InvariantCulture) is not { } job || !jobs.Contains(job) || old["step"] is not { } step) continue;
            var seq = sequences[job] = sequences.GetValueOrDefault(job) + 1;
            foreach (var metric in metrics)
            {
                if (old[metric] is null or string) continue;
                var key = metric is "train_loss" ? "loss" : metric is "perplexity" ? "eval_perplexity" : metric;
                if (!series.TryGetValue((job, key), out var id))
                {
                    id = writer.ExecuteScalar<long>("INSERT INTO series (job_id, run, key) VALUES (@job, 1, @key) RETURNING id", new { job, key }, transaction);
                    series.Add((job, key), id);
                }

                writer.Execute(
                    "INSERT INTO points (series_id, step, seq, source, time, value) VALUES (@id, @step, @seq, @source, @time, @value)",
                    new
                    {
                        id,
                        step = Convert.ToInt64(step, CultureInfo.InvariantCulture),
                        seq,
                        source = (int)PointSource.Report,
                        time = ToMilliseconds(old.TryGetValue("timestamp", out var time) ? time : null),
                        value = Convert.ToDouble(old[metric], CultureInfo.InvariantCulture) is var value && double.IsNaN(value) ? null : (double?)value,
                    },
                    transaction);
            }
        }

        foreach (var (job, seq) in sequences) writer.Execute($"UPDATE {Jobs} SET seq = @seq WHERE job_id = @job", new { job, seq }, transaction);
    }

    private static object? ToOurs(string column, object? value) => value switch
    {
        null => null,
        _ when TimeColumns.Contains(column, StringComparer.OrdinalIgnoreCase) => ToMilliseconds(value),
        Guid id => id.ToString(),
        bool truth => truth ? 1L : 0L,
        decimal number => (double)number,
        string => value,
        _ when column is "job_id" => Convert.ToString(value, CultureInfo.InvariantCulture),
        _ => value,
    };

    /// <summary>Times were kept as timestamps, as ISO 8601 text, or as seconds.</summary>
    private static long? ToMilliseconds(object? value) => value switch
    {
        DateTime time => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)).ToUnixTimeMilliseconds(),
        DateTimeOffset time => time.ToUnixTimeMilliseconds(),
        string text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => time.ToUnixTimeMilliseconds(),
        long or int or double or float or decimal when Convert.ToDouble(value, CultureInfo.InvariantCulture) is var number => (long)(number < 1e11 ? number * 1000 : number),
        _ => null,
    };

    private static string[] ColumnsOf(DbConnection connection, DbTransaction transaction, string table)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"SELECT * FROM {table} WHERE 1 = 0";
        using var reader = command.ExecuteReader();
        return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
    }
}
