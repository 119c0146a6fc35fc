using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using Dapper;
using Npgsql;
using Podium.Storage.Databases;

namespace Podium.Storage.Events;

/// <summary>Hears from PostgreSQL what other servers have committed, and passes it on.</summary>
/// <remarks>A lost connection is made again. Whatever came meanwhile was not heard of: then all who watch are told to look for themselves.</remarks>
internal sealed class ChangeListener : IAsyncDisposable
{
    private const string Channel = "podium_changes";

    // A connection that died without a word is found out by asking something now and then.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Database _database;
    private readonly ChangeFeed _feed;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _loop;

    public ChangeListener(Database database, ChangeFeed feed, TimeProvider time)
    {
        _database = database;
        _feed = feed;
        _time = time;
        _loop = Task.Run(() => RunAsync(_end.Token));
    }

    /// <summary>Tells the other servers, if the transaction commits: each job and its number, and nothing else.</summary>
    public static void Notify(DbConnection connection, DbTransaction transaction, IEnumerable<JobChange> changes) =>
        connection.Execute(
            $"SELECT pg_notify('{Channel}', change) FROM unnest(@changes) AS change",
            new { changes = changes.Select(change => string.Create(CultureInfo.InvariantCulture, $"{change.Seq} {change.JobId}")).ToArray() },
            transaction);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(cancellation);
            }
            catch (Exception failure) when (failure is StorageException or DbException or SocketException or TimeoutException or InvalidOperationException && !cancellation.IsCancellationRequested)
            {
                // Whoever reads or writes hears of the fault; here it is tried again.
                await Task.Delay(Pause, _time, cancellation);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellation)
    {
        await using var connection = (NpgsqlConnection)await _database.OpenReaderAsync(cancellation);
        connection.Notification += (_, notification) => Take(notification.Payload);
        await connection.ExecuteAsync(new CommandDefinition($"LISTEN {Channel}", cancellationToken: cancellation));
        _feed.WakeAll();
        while (true)
            if (!await connection.WaitAsync(Silence, cancellation))
                await connection.ExecuteAsync(new CommandDefinition("SELECT 1", cancellationToken: cancellation));
    }

    private void Take(string payload)
    {
        var space = payload.IndexOf(' ', StringComparison.Ordinal);
        if (space > 0 && long.TryParse(payload.AsSpan(0, space), CultureInfo.InvariantCulture, out var seq)) _feed.Publish(payload[(space + 1)..], seq);
    }
}
