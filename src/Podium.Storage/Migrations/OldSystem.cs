using System.Data.Common;
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
    private static readonly string[] NoMetrics = ["id", "job_id", "step", "timestamp", "created_at", "updated_at"];

    /// <summary>Puts tables of these names aside, and never deletes them.</summary>
    public static void SetAside(Database database, DbConnection writer, DbTransaction transaction)
    {
        var tables = database.Tables(writer, transaction);
        foreach (var table in (string[])[Jobs, Metrics])
            if (tables.Contains(table))
                writer.Execute($"ALTER TABLE {table} RENAME TO {table}{Suffix}", transaction: transaction);
    }

    /// <summary>Imports what was put aside.</summary>
    /// <returns>The jobs that came so; what was called their best is the old system's.</returns>
    public static IReadOnlyCollection<string> Import(Database database, DbConnection writer, DbTransaction transaction, DateTimeOffset now)
    {
        var tables = database.Tables(writer, transaction);
        if (!tables.Contains(Jobs + Suffix)) return [];

        var old = OldTable.Of(Jobs + Suffix, database.Engine, writer, transaction);
        var columns = OldTable.Of(Jobs, database.Engine, writer, transaction).Columns.Where(column => old.Has(column.Name)).ToArray();
        var name = old.Has("job_id") ? "job_id" : "id";
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var oldRow in old.Read([], writer, transaction))
        {
            if (OldValue.Text(oldRow.GetValueOrDefault(name)) is not { Length: > 0 } job || !seen.Add(job)) continue;
            var row = columns.ToDictionary(
                column => column.Name,
                column => TimeColumns.Contains(column.Name, StringComparer.Ordinal) ? OldValue.Milliseconds(oldRow[column.Name]) : OldValue.For(column.Type, oldRow[column.Name]),
                StringComparer.Ordinal);
            row["job_id"] = job;
            row["created_at"] = row.GetValueOrDefault("created_at") ?? row.GetValueOrDefault("started_at") ?? now.ToUnixTimeMilliseconds();
            row["updated_at"] = row.GetValueOrDefault("updated_at") ?? row["created_at"];
            OldStatus.Write(row);
            row["seq"] = 0L;
            var parameters = new DynamicParameters();
            foreach (var (column, value) in row) parameters.Add(column, value);
            writer.Execute($"INSERT INTO {Jobs} ({string.Join(", ", row.Keys)}) VALUES ({string.Join(", ", row.Keys.Select(column => $"@{column}"))})", parameters, transaction);
            writer.Execute("INSERT INTO job_runs (job_id, run) VALUES (@job, 1)", new { job }, transaction);
        }

        if (tables.Contains(Metrics + Suffix)) ImportMetrics(OldTable.Of(Metrics + Suffix, database.Engine, writer, transaction), writer, transaction, seen);
        return seen;
    }

    private static void ImportMetrics(OldTable old, DbConnection writer, DbTransaction transaction, HashSet<string> jobs)
    {
        if (!old.Has("job_id") || !old.Has("step")) return;

        var metrics = old.Columns.Select(column => column.Name).Where(column => !NoMetrics.Contains(column, StringComparer.OrdinalIgnoreCase)).ToArray();
        var series = new Dictionary<(string Job, string Key), long>();
        // In the order of the steps, as it was trained; of one step, in the order in which it was written.
        foreach (var rows in old.Read(["timestamp", "created_at", "id"], writer, transaction)
            .Select(row => (Job: OldValue.Text(row["job_id"]), Step: OldValue.Whole(row["step"]), Row: row))
            .Where(row => row.Job is not null && row.Step is not null && jobs.Contains(row.Job))
            .GroupBy(row => row.Job!, StringComparer.Ordinal))
        {
            var job = rows.Key;
            var seq = 0L;
            var (lowest, highest) = (long.MaxValue, long.MinValue);
            foreach (var (_, atStep, row) in rows.OrderBy(row => row.Step))
            {
                seq++;
                var step = atStep!.Value;
                (lowest, highest) = (Math.Min(lowest, step), Math.Max(highest, step));
                var time = OldValue.Milliseconds(row.GetValueOrDefault("timestamp") ?? row.GetValueOrDefault("created_at"));
                foreach (var metric in metrics)
                {
                    if (OldValue.Number(row[metric]) is not { } value) continue;
                    var key = KeyOf(metric);
                    if (!series.TryGetValue((job, key), out var id))
                    {
                        id = writer.ExecuteScalar<long>("INSERT INTO series (job_id, run, key) VALUES (@job, 1, @key) RETURNING id", new { job, key }, transaction);
                        series.Add((job, key), id);
                    }

                    writer.Execute(
                        "INSERT INTO points (series_id, step, seq, source, time, value) VALUES (@id, @step, @seq, @source, @time, @value)",
                        new { id, step, seq, source = (int)PointSource.Report, time, value = double.IsNaN(value) ? null : (double?)value },
                        transaction);
                }
            }

            // As if it had come in one report, so that whoever asks what came after a moment is told of it.
            writer.Execute("INSERT INTO reports (job_id, last_seq, first_seq, lowest_step, highest_step) VALUES (@job, @seq, 1, @lowest, @highest)", new { job, seq, lowest, highest }, transaction);
            writer.Execute($"UPDATE {Jobs} SET seq = @seq WHERE job_id = @job", new { job, seq }, transaction);
        }
    }

    private static string KeyOf(string column) => column.ToLowerInvariant() switch
    {
        "train_loss" => "loss",
        "perplexity" => "eval_perplexity",
        var other => other,
    };
}
