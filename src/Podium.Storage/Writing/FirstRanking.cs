using System.Data.Common;
using Podium.Storage.Databases;
using Podium.Storage.Points;
using Podium.Strategies;

namespace Podium.Storage.Writing;

/// <summary>Ranks jobs that were brought in from elsewhere, so that what another system called their best does not stand for ours.</summary>
internal static class FirstRanking
{
    /// <summary>Ranks jobs in the transaction that brings them in.</summary>
    public static void Of(IEnumerable<string> jobs, Database database, DbConnection connection, DbTransaction transaction, Strategy serverStrategy, DateTimeOffset now)
    {
        using JobWriter writer = database.Engine == Engine.Sqlite ? new SqliteJobWriter() : new PostgresJobWriter();
        using PointWriter points = database.Engine == Engine.Sqlite ? new SqlitePointWriter() : new PostgresPointWriter();
        foreach (var id in jobs)
        {
            // Each by itself: there may be more of them than memory has room for. No points are written, and none packed.
            using var scope = new WriteScope(database, connection, transaction, new LiveJobs(serverStrategy), writer, points, packer: null!);
            scope.Job(id)?.RankAnew(now.ToUnixTimeMilliseconds());
            scope.Finish();
        }
    }
}
