using System.Data.Common;

namespace Podium.Storage.Databases;

/// <summary>Where Podium keeps its data: connections of one engine, and what little differs between the two.</summary>
/// <remarks>
/// Statements are the same for both engines; parameters are named <c>@so</c>. Times are milliseconds since 1970 UTC, and
/// true is 1. A point that is no number is NULL in SQLite, which has no NaN, and so in both.
/// </remarks>
public abstract class Database : IAsyncDisposable
{
    /// <summary>Which engine it is.</summary>
    public abstract Engine Engine { get; }

    /// <summary>Where it is, without any password, for messages.</summary>
    public abstract string Where { get; }

    /// <summary>Opens a connection to read by. Readers see what was committed and stop no writer.</summary>
    /// <exception cref="DatabaseUnavailableException">The database cannot be reached.</exception>
    public abstract Task<DbConnection> OpenReaderAsync(CancellationToken cancellation);

    /// <summary>Opens the connection to write by, with commits that are on disk when they return.</summary>
    /// <exception cref="DatabaseUnavailableException">The database cannot be reached.</exception>
    internal abstract DbConnection OpenWriter();

    /// <summary>Begins a transaction that will write: nobody else's comes between its reading and its writing.</summary>
    internal abstract DbTransaction BeginWrite(DbConnection writer);

    /// <summary>Begins a transaction in which all reading sees one state; it stops no writer.</summary>
    internal abstract DbTransaction BeginRead(DbConnection reader);

    /// <summary>Takes the lock under which only one server migrates, held until the connection closes or <paramref name="writer"/>'s transaction ends.</summary>
    internal abstract void LockForMigration(DbConnection writer, DbTransaction transaction);

    /// <summary>Which tables there are.</summary>
    internal abstract IReadOnlySet<string> Tables(DbConnection connection, DbTransaction? transaction);

    /// <summary>Writes that a text is compared in small letters, of any script, and by its letters' numbers.</summary>
    /// <param name="reader">The connection on which the statement will run.</param>
    /// <param name="text">A column, or what else makes a text.</param>
    internal abstract string Lowered(DbConnection reader, string text);

    /// <summary>What an engine's exception means for the caller; null where it means a fault of ours.</summary>
    internal abstract StorageException? Explain(Exception exception);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
