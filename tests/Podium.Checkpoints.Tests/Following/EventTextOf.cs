using System.Globalization;
using Podium.Checkpoints.Following;

namespace Podium.Checkpoints.Tests.Following;

/// <summary>Events as text without their times, so that two ways of seeing them can be compared.</summary>
internal static class EventTextOf
{
    public static string[] Of(IEnumerable<FollowEvent> events) => [.. events.Select(Of)];

    public static string Of(FollowEvent one) => one switch
    {
        CheckpointSaved saved => $"saved {saved.Checkpoint.Path}",
        CheckpointGone gone => $"gone {gone.Checkpoint.Path}{(gone.IsKept ? " kept" : "")}",
        Evaluated evaluated => string.Create(CultureInfo.InvariantCulture, $"evaluated {evaluated.Step} {(float)evaluated.EvalLoss}"),
        NewBest best => $"best {Path.GetFileName(best.Best.Checkpoint.Path)} before {Path.GetFileName(best.Previous?.Checkpoint.Path ?? "none")}",
        CheckpointKept kept => $"kept {kept.Path}",
        CheckpointReleased released => $"released {released.Path}",
        Progressed { Progress: var progress } => $"progress {progress.Step}/{progress.MaxSteps}",
        RunFinished => "finished",
        FollowWarning warning => $"warning {warning.Code}",
        _ => one.ToString(),
    };
}
