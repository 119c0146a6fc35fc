using System.Data.Common;

namespace Podium.Storage.Points;

/// <summary>A point on its way to the database.</summary>
/// <param name="Series">The series.</param>
/// <param name="Step">Its step.</param>
/// <param name="Seq">The job's number for the entry that it came in.</param>
/// <param name="Source">By which way it came.</param>
/// <param name="Time">When it was logged, in milliseconds since 1970 UTC, if that was said.</param>
/// <param name="Value">Its value; NaN and infinities too.</param>
internal readonly record struct NewPoint(long Series, long Step, long Seq, byte Source, long? Time, double Value);

/// <summary>Gathers the points of a transaction and writes them at its end, all at once.</summary>
internal abstract class PointWriter : IDisposable
{
    protected List<NewPoint> Waiting { get; } = [];

    public void Add(in NewPoint point) => Waiting.Add(point);

    public abstract void Flush(DbConnection connection, DbTransaction transaction);

    public void Clear() => Waiting.Clear();

    public virtual void Dispose()
    {
    }
}
