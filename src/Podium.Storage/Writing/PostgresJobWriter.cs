using System.Data.Common;
using Dapper;
using Podium.Storage.Jobs;

namespace Podium.Storage.Writing;

/// <summary>Writes by statements with names: what they cost is the way to the database and back.</summary>
internal sealed class PostgresJobWriter : JobWriter
{
    public override long? Lock(string job, DbConnection connection, DbTransaction transaction) =>
        connection.QuerySingleOrDefault<long?>("SELECT seq FROM local_training_jobs WHERE job_id = @job FOR UPDATE", new { job }, transaction);

    public override void Update(JobRow row, DbConnection connection, DbTransaction transaction) => connection.Execute(JobColumns.Update, row, transaction);

    public override void Reported(string job, ReportedEntries entries, DbConnection connection, DbTransaction transaction) => connection.Execute(
        "INSERT INTO reports (job_id, last_seq, first_seq, lowest_step, highest_step) VALUES (@job, @LastSeq, @FirstSeq, @LowestStep, @HighestStep)",
        new { job, entries.LastSeq, entries.FirstSeq, entries.LowestStep, entries.HighestStep },
        transaction);
}
