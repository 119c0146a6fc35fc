using System.Globalization;
using Podium.Checkpoints.Following;
using Podium.Cli.Output;
using Podium.Ranking;

namespace Podium.Cli.Watching;

/// <summary>How far a run is, and what its best is, in a few words.</summary>
internal static class ProgressWords
{
    public static string Steps(RunProgress progress) =>
        progress.Step is not { } step ? "no step yet"
        : progress.Percent is { } percent ? string.Create(CultureInfo.InvariantCulture, $"step {step}/{progress.MaxSteps} ({Math.Floor(percent):0} %)")
        : $"step {step}";

    /// <summary>The time that is left, in its two largest units; null where it cannot be said, or nothing is left.</summary>
    public static string? Left(RunProgress progress) => progress.Remaining is not { } left || left <= TimeSpan.Zero ? null
        : left.TotalDays >= 1 ? $"{(int)left.TotalDays} d {left.Hours} h left"
        : left.TotalHours >= 1 ? $"{left.Hours} h {left.Minutes} min left"
        : left.TotalMinutes >= 1 ? $"{left.Minutes} min {left.Seconds} s left"
        : $"{Math.Ceiling(left.TotalSeconds):0} s left";

    public static string Of(RankedCheckpoint ranked)
    {
        var loss = ranked.Loss is { } evaluation ? $", eval_loss {Numbers.Format(evaluation.Value, Numbers.Loss)}" : "";
        return $"{ranked.Checkpoint.Path} (score {Numbers.Format(ranked.Score, Numbers.Loss)}{loss})";
    }
}
