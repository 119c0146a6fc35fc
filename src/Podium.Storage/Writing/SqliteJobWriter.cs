using System.Data.Common;
using Podium.Storage.Databases;
using Podium.Storage.Jobs;
using SQLitePCL;

namespace Podium.Storage.Writing;

/// <summary>Writes by prepared statements: a row of so many columns takes longer to be read as a statement than to be written.</summary>
internal sealed class SqliteJobWriter : JobWriter
{
    // The writer's transaction is immediate: that is the lock.
    private readonly SqliteStatement _lock = new("SELECT seq FROM local_training_jobs WHERE job_id = ?");
    private readonly SqliteStatement _update = new(JobColumns.UpdateByPlace);
    private readonly SqliteStatement _reported = new("INSERT INTO reports (job_id, last_seq, first_seq, lowest_step, highest_step) VALUES (?, ?, ?, ?, ?)");

    public override long? Lock(string job, DbConnection connection, DbTransaction transaction)
    {
        raw.sqlite3_bind_text(_lock.On(connection), 1, job);
        return _lock.ReadNumber();
    }

    public override void Update(JobRow row, DbConnection connection, DbTransaction transaction)
    {
        var update = _update.On(connection);
        var place = 0;
        foreach (var value in JobColumns.ValuesByPlace(row)) SqliteStatement.Bind(update, ++place, value);
        _update.Execute();
    }

    public override void Reported(string job, ReportedEntries entries, DbConnection connection, DbTransaction transaction)
    {
        var reported = _reported.On(connection);
        raw.sqlite3_bind_text(reported, 1, job);
        raw.sqlite3_bind_int64(reported, 2, entries.LastSeq);
        raw.sqlite3_bind_int64(reported, 3, entries.FirstSeq);
        raw.sqlite3_bind_int64(reported, 4, entries.LowestStep);
        raw.sqlite3_bind_int64(reported, 5, entries.HighestStep);
        _reported.Execute();
    }

    public override void Dispose()
    {
        _lock.Dispose();
        _update.Dispose();
        _reported.Dispose();
        base.Dispose();
    }
}
