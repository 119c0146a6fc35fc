using System.Diagnostics;

namespace Podium.PageLoad.Material;

/// <summary>Reports points at a rate for a while.</summary>
internal static class LiveReports
{
    private const int MostCalls = 50;

    /// <param name="job">The job.</param>
    /// <param name="pointsPerSecond">Two are of one step; many steps go in one call, as trainers send them.</param>
    /// <param name="span">For how long.</param>
    public static async Task SendAsync(LongJob job, int pointsPerSecond, TimeSpan span)
    {
        var steps = pointsPerSecond / 2;
        var calls = Math.Min(steps, MostCalls);
        var start = Stopwatch.GetTimestamp();
        for (var i = 1; Stopwatch.GetElapsedTime(start) < span; i++)
        {
            await job.GoOnAsync(steps / calls);
            var rest = TimeSpan.FromSeconds((double)i / calls) - Stopwatch.GetElapsedTime(start);
            if (rest > TimeSpan.Zero) await Task.Delay(rest);
        }
    }
}
