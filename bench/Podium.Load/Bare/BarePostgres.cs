using Npgsql;
using NpgsqlTypes;

namespace Podium.Load.Bare;

/// <summary>The server's own table of points again, in the same database, filled by the fastest way that PostgreSQL has.</summary>
internal sealed class BarePostgres : BareLoop
{
    private readonly NpgsqlConnection _connection;

    public BarePostgres(string database)
    {
        _connection = new NpgsqlConnection(database);
        _connection.Open();
        Execute("CREATE TABLE bare_series (id BIGINT PRIMARY KEY)");
        Execute("INSERT INTO bare_series SELECT generate_series(1, 8)");
        Execute("CREATE TABLE bare_points (LIKE points INCLUDING ALL, FOREIGN KEY (series_id) REFERENCES bare_series (id))");
        Execute("SET synchronous_commit = on");
    }

    public override void Dispose() => _connection.Dispose();

    protected override void Write(long series, long firstStep)
    {
        using var transaction = _connection.BeginTransaction();
        using (var copy = _connection.BeginBinaryImport("COPY bare_points (series_id, step, seq, source, time, value) FROM STDIN (FORMAT BINARY)"))
        {
            for (var i = 0; i < Batch; i++)
            {
                copy.StartRow();
                copy.Write(series, NpgsqlDbType.Bigint);
                copy.Write(firstStep + i, NpgsqlDbType.Bigint);
                copy.Write(firstStep + i, NpgsqlDbType.Bigint);
                copy.Write((short)2, NpgsqlDbType.Smallint);
                copy.WriteNull();
                copy.Write(1.0 / (firstStep + i), NpgsqlDbType.Double);
            }

            copy.Complete();
        }

        transaction.Commit();
    }

    private void Execute(string statement)
    {
#pragma warning disable CA2100 // Statements of our own.
        using var command = new NpgsqlCommand(statement, _connection);
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
