using System.Data.Common;
using Dapper;

namespace Podium.Storage.Points;

/// <summary>Goes through one stored series in the order of its steps: first what is packed, then the rows behind.</summary>
/// <remarks>It reads in a transaction that sees one state of the database throughout: what is packed, and how far, changes meanwhile.</remarks>
internal sealed class SeriesCursor(DbConnection connection, DbTransaction transaction, long series, long from, long to)
{
    private const int BlocksAtATime = 16;

    private readonly Queue<byte[]> _blocks = new();
    private RowReader? _rows;
    private long _lastBlock = long.MinValue;
    private Place _place = Place.Start;

    private enum Place
    {
        Start,
        Blocks,
        Rows,
        End,
    }

    /// <summary>What was read and is not yet used.</summary>
    public Winners Ahead { get; } = new();

    /// <summary>How many points were read that are not packed.</summary>
    public int UnpackedCount { get; private set; }

    /// <summary>The highest packed step of a series; null where nothing is packed. A series is packed from its beginning on.</summary>
    public static Task<long?> PackedToAsync(DbConnection connection, DbTransaction transaction, long series, CancellationToken cancellation) =>
        connection.ExecuteScalarAsync<long?>(new CommandDefinition(
            "SELECT last_step FROM point_blocks WHERE series_id = @series ORDER BY first_step DESC LIMIT 1", new { series }, transaction, cancellationToken: cancellation));

    /// <summary>Reads more, behind what is ahead.</summary>
    /// <returns>False at the end.</returns>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellation)
    {
        if (Ahead.Count == 0) Ahead.Clear();
        var before = Ahead.Count;
        while (Ahead.Count == before && _place is not Place.End)
        {
            if (_place is Place.Start) await BeginAsync(cancellation);
            else if (_place is Place.Blocks) await ReadBlockAsync(cancellation);
            else if (!await _rows!.ReadAsync(Ahead, cancellation)) _place = Place.End;
        }

        var count = Ahead.Count - before;
        if (_place is not Place.Blocks) UnpackedCount += count;
        return count > 0;
    }

    private async Task BeginAsync(CancellationToken cancellation)
    {
        var packedTo = await PackedToAsync(connection, transaction, series, cancellation);
        _rows = new RowReader(connection, transaction, series, packedTo >= from ? packedTo.Value + 1 : from, to);
        _place = packedTo >= from ? Place.Blocks : Place.Rows;
    }

    private async Task ReadBlockAsync(CancellationToken cancellation)
    {
        if (_blocks.Count == 0) await FetchBlocksAsync(cancellation);
        if (!_blocks.TryDequeue(out var bytes))
        {
            _place = Place.Rows;
            return;
        }

        // A block joins only what lies before it, which was cut already: so cutting all cuts the block.
        PointBlock.Unpack(bytes, Ahead);
        Ahead.Cut(from, to);
    }

    private async Task FetchBlocksAsync(CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText =
            $"""
            SELECT first_step, data FROM point_blocks
            WHERE series_id = @series AND first_step > @after AND first_step <= @to AND last_step >= @from
            ORDER BY first_step LIMIT {BlocksAtATime}
            """;
        command.Add("@series", series);
        command.Add("@after", _lastBlock);
        command.Add("@from", from);
        command.Add("@to", to);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            _lastBlock = reader.GetInt64(0);
            _blocks.Enqueue(reader.GetFieldValue<byte[]>(1));
        }
    }
}
