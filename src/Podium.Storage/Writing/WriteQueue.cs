using System.Data.Common;
using System.Diagnostics;
using System.Threading.Channels;
using Podium.Storage.Databases;

namespace Podium.Storage.Writing;

/// <summary>The one writer: what waits is done in one transaction and shares its commit.</summary>
/// <remarks>
/// A commit costs a flush of the disk, and that is what writing costs. While one is under way, whatever arrives waits, and then
/// goes together. Each caller is answered when its work is on disk, and not before. Work that fails takes nothing along: the
/// transaction is given up, and every piece of it is done again by itself. Work must therefore be repeatable: it changes
/// nothing but the database and what <see cref="WriteScope"/> gives it.
/// </remarks>
internal sealed class WriteQueue : IAsyncDisposable
{
    private const int MostTogether = 512;
    private const int MostPointsTogether = 64 * 1024;

    private readonly Database _database;
    private readonly Func<DbConnection, DbTransaction, WriteScope> _scopeOf;
    private readonly Action<WriteScope> _committed;
    private readonly Action _givenUp;
    private readonly Channel<Work> _waiting = Channel.CreateUnbounded<Work>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _loop;
    private DbConnection? _connection;

    /// <param name="database">Where to.</param>
    /// <param name="scopeOf">Makes what work is given.</param>
    /// <param name="committed">Called behind each commit, before callers are answered.</param>
    /// <param name="givenUp">Called where a transaction was given up: what was remembered of it is wrong.</param>
    public WriteQueue(Database database, Func<DbConnection, DbTransaction, WriteScope> scopeOf, Action<WriteScope> committed, Action givenUp)
    {
        _database = database;
        _scopeOf = scopeOf;
        _committed = committed;
        _givenUp = givenUp;
        // A thread of its own: engines' calls block, and answering requests must not wait for a thread.
        _loop = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Does work in a transaction.</summary>
    /// <param name="job">The job that it is about; null where it is about none.</param>
    /// <param name="points">How many points it writes, about.</param>
    /// <param name="work">The work.</param>
    /// <returns>When it is on disk: what the work returned.</returns>
    public async Task<T> WriteAsync<T>(string? job, int points, Func<WriteScope, T> work)
    {
        var item = new Work<T>(job, points, work);
        ObjectDisposedException.ThrowIf(!_waiting.Writer.TryWrite(item), this);
        return await item.Done.ConfigureAwait(false);
    }

    /// <summary>Does what still waits, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _loop;
        _connection?.Dispose();
    }

    private void Run()
    {
        List<Work> together = [];
        while (Next(together))
        {
            // In the order of the jobs, so that two servers that lock the same ones never wait for each other in a circle.
            // OrderBy keeps, for one job, the order in which work came.
            List<Work> ordered = together.Count > 1 ? [.. together.OrderBy(static work => work.Job, StringComparer.Ordinal)] : together;
            if (!TryDo(ordered))
                foreach (var work in ordered)
                    TryDo([work]);
            together.Clear();
        }
    }

    private bool Next(List<Work> together)
    {
        var reader = _waiting.Reader;
        var more = reader.WaitToReadAsync();
        if (!(more.IsCompletedSuccessfully ? more.GetAwaiter().GetResult() : more.AsTask().GetAwaiter().GetResult())) return false;
        var points = 0;
        while (together.Count < MostTogether && points < MostPointsTogether && reader.TryRead(out var work))
        {
            points += work.Points;
            together.Add(work);
        }

        return true;
    }

    /// <summary>Does some works in one transaction. One alone is told what failed; several are to be done again one by one.</summary>
    private bool TryDo(List<Work> works)
    {
        try
        {
            _connection ??= _database.OpenWriter();
            var begun = Stopwatch.GetTimestamp();
            using (var transaction = _database.BeginWrite(_connection))
            {
                using var scope = _scopeOf(_connection, transaction);
                foreach (var work in works) work.Do(scope);
                scope.Finish();
                transaction.Commit();
                WriteMeter.CommitSeconds.Record(Stopwatch.GetElapsedTime(begun).TotalSeconds);
                WriteMeter.Together.Record(works.Count);
                _committed(scope);
            }

            foreach (var work in works) work.Succeed();
            return true;
        }
        catch (Exception failure)
        {
            _givenUp();
            var explained = failure as StorageException ?? _database.Explain(failure);
            if (explained is DatabaseUnavailableException) Disconnect();
            // Where nothing can be written, trying each by itself only takes longer.
            if (works.Count > 1 && explained is null) return false;
            foreach (var work in works) work.Fail(explained ?? failure);
            return true;
        }
    }

    private void Disconnect()
    {
        try
        {
            _connection?.Dispose();
        }
        catch (DbException)
        {
            // It is gone already.
        }

        _connection = null;
    }

    private abstract class Work(string? job, int points)
    {
        public string? Job { get; } = job;

        public int Points { get; } = points;

        public abstract void Do(WriteScope scope);

        public abstract void Succeed();

        public abstract void Fail(Exception failure);
    }

    private sealed class Work<T>(string? job, int points, Func<WriteScope, T> work) : Work(job, points)
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T _result = default!;

        public Task<T> Done => _done.Task;

        public override void Do(WriteScope scope) => _result = work(scope);

        public override void Succeed() => _done.SetResult(_result);

        public override void Fail(Exception failure) => _done.SetException(failure);
    }
}
