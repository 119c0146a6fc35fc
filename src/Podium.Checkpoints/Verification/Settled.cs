namespace Podium.Checkpoints.Verification;

/// <summary>When files count as settled: nobody is writing them any more.</summary>
internal static class Settled
{
    /// <summary>What was written less than this ago may still be written.</summary>
    public static readonly TimeSpan After = TimeSpan.FromMinutes(10);

    /// <summary>Whether what was written then may still be written now; a time in the future counts as now.</summary>
    public static bool IsYoung(DateTimeOffset written, DateTimeOffset now) => now - written < After;
}
