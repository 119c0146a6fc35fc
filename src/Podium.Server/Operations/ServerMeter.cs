using System.Diagnostics.Metrics;

namespace Podium.Server.Operations;

/// <summary>What the server measures of itself, beside what its storage does. It costs nothing where nobody listens.</summary>
internal static class ServerMeter
{
    /// <summary>By which a listener knows it.</summary>
    public const string Name = "Podium.Server";

    /// <summary>By which a listener knows the storage's.</summary>
    public const string OfStorage = "Podium.Storage";

    private static readonly Meter Meter = new(Name);

    /// <summary>Seconds that a listing took which was made anew; one that is still known takes none to speak of.</summary>
    public static Histogram<double> ListingSeconds { get; } = Meter.CreateHistogram<double>("podium.listing.duration", "s", "How long it took to look into a run folder and rank its checkpoints.");
}
