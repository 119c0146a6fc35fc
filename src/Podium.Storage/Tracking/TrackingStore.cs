using Podium.Storage.Databases;
using Podium.Storage.Points;
using Podium.Storage.Writing;

namespace Podium.Storage.Tracking;

/// <summary>What the MLflow protocol knows: experiments, runs, which are jobs, and logged models.</summary>
public sealed class TrackingStore
{
    internal TrackingStore(Database database, Writer writer, SeriesStore series, TimeProvider time)
    {
        var active = new ActiveRuns();
        Experiments = new ExperimentStore(database, writer, active, time);
        Runs = new RunStore(writer, active, new RunReader(database, series), time);
        Models = new LoggedModelStore(database, writer, time);
        Metrics = new MetricHistory(series);
    }

    /// <summary>The experiments.</summary>
    public ExperimentStore Experiments { get; }

    /// <summary>The runs.</summary>
    public RunStore Runs { get; }

    /// <summary>The logged models.</summary>
    public LoggedModelStore Models { get; }

    /// <summary>The histories of the runs' metrics.</summary>
    public MetricHistory Metrics { get; }
}
