using System.Data.Common;
using Podium.Storage.Jobs;

namespace Podium.Storage.Writing;

/// <summary>Which entries of a job came together, and over which steps they reach.</summary>
internal readonly record struct ReportedEntries(long FirstSeq, long LastSeq, long LowestStep, long HighestStep);

/// <summary>The statements that every report makes about its job, however small it is. Only the writer's thread uses it.</summary>
internal abstract class JobWriter : IDisposable
{
    /// <summary>Locks a job's row for the transaction and reads its number; null where there is none.</summary>
    public abstract long? Lock(string job, DbConnection connection, DbTransaction transaction);

    /// <summary>Writes a job's row.</summary>
    public abstract void Update(JobRow row, DbConnection connection, DbTransaction transaction);

    /// <summary>Notes which entries came.</summary>
    public abstract void Reported(string job, ReportedEntries entries, DbConnection connection, DbTransaction transaction);

    public virtual void Dispose()
    {
    }
}
