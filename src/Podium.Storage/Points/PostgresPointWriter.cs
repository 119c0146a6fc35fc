using System.Data.Common;
using Npgsql;
using NpgsqlTypes;

namespace Podium.Storage.Points;

/// <summary>Streams points to the server in one COPY.</summary>
internal sealed class PostgresPointWriter : PointWriter
{
    protected override void Insert(List<NewPoint> points, DbConnection connection, DbTransaction transaction)
    {
        using var copy = ((NpgsqlConnection)connection).BeginBinaryImport("COPY points (series_id, step, seq, source, time, value) FROM STDIN (FORMAT BINARY)");
        foreach (var point in points)
        {
            copy.StartRow();
            copy.Write(point.Series, NpgsqlDbType.Bigint);
            copy.Write(point.Step, NpgsqlDbType.Bigint);
            copy.Write(point.Seq, NpgsqlDbType.Bigint);
            copy.Write((short)point.Source, NpgsqlDbType.Smallint);
            if (point.Time is { } time) copy.Write(time, NpgsqlDbType.Bigint);
            else copy.WriteNull();
            // As in the other engine: NULL means not a number.
            if (double.IsNaN(point.Value)) copy.WriteNull();
            else copy.Write(point.Value, NpgsqlDbType.Double);
        }

        copy.Complete();
    }
}
