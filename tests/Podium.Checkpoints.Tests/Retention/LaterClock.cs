namespace Podium.Checkpoints.Tests.Retention;

/// <summary>A clock that stands later than the system's, so that what a test has just written is settled.</summary>
internal sealed class LaterClock(TimeSpan by) : TimeProvider
{
    /// <summary>An hour later.</summary>
    public static LaterClock AnHour { get; } = new(TimeSpan.FromHours(1));

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
}
