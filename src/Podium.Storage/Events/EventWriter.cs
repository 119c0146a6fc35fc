using Dapper;
using Podium.Storage.Writing;

namespace Podium.Storage.Events;

/// <summary>Writes events in the transaction that they tell of.</summary>
internal static class EventWriter
{
    public static void Write(JobEvent happened, WriteScope scope) => scope.Connection.Execute(
        "INSERT INTO job_events (job_id, seq, kind, time, actor, data) VALUES (@JobId, @Seq, @Kind, @Time, @Actor, @Data)",
        happened,
        scope.Transaction);
}
