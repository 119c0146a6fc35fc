using System.Diagnostics.Metrics;

namespace Podium.Storage.Writing;

/// <summary>Measures writing. It costs nothing where nobody listens.</summary>
internal static class WriteMeter
{
    private static readonly Meter Meter = new("Podium.Storage");

    /// <summary>Seconds from the beginning of a transaction until it is on disk.</summary>
    public static Histogram<double> CommitSeconds { get; } = Meter.CreateHistogram<double>("podium.commit.duration", "s", "How long a transaction took until it was on disk.");

    /// <summary>Pieces of work that shared a commit.</summary>
    public static Histogram<int> Together { get; } = Meter.CreateHistogram<int>("podium.commit.works", "{work}", "How many pieces of work shared a commit.");

    /// <summary>Entries that were kept.</summary>
    public static Counter<long> Reports { get; } = Meter.CreateCounter<long>("podium.reports", "{report}", "How many reports were kept.");

    /// <summary>Points that came with them.</summary>
    public static Counter<long> Points { get; } = Meter.CreateCounter<long>("podium.points", "{point}", "How many points were reported.");
}
