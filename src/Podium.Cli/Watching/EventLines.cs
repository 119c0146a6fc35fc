using System.Globalization;
using Podium.Checkpoints.Following;
using Podium.Cli.Output;
using Podium.Ranking;

namespace Podium.Cli.Watching;

/// <summary>A line for each event, where there is no terminal: for logs, and for people who read them later.</summary>
internal sealed class EventLines(TimeProvider time) : IWatchOutput
{
    private RankedCheckpoint? _best;

    public void Waiting(string folder) => Write(time.GetUtcNow(), $"waiting for {folder}, which is not there yet", Ink.Quiet);

    public void Show(RunWatch watch, IReadOnlyList<FollowEvent> news)
    {
        _best = watch.Ranking?.Recommended;
        foreach (var one in news)
            Write(one.Time, Words(one), one switch { NewBest => Ink.Best, FollowWarning => Ink.Attention, _ => Ink.Plain });
    }

    public void Dispose() => Terminal.Flush();

    private string Words(FollowEvent one) => one switch
    {
        CheckpointSaved saved => $"saved {saved.Checkpoint.Path} ({Numbers.Bytes(saved.Checkpoint.SizeBytes)}){(saved.Checkpoint.State == CheckpointState.Complete ? "" : $", {saved.Checkpoint.State.Spelling()}")}",
        CheckpointGone gone => $"gone {gone.Checkpoint.Path}{(gone.IsKept ? ", a copy is kept" : "")}",
        Evaluated evaluated => $"evaluated at step {evaluated.Step}: eval_loss {Numbers.Format(evaluated.EvalLoss, Numbers.Loss)}{(evaluated.TrainLoss is { } loss ? $", loss {Numbers.Format(loss, Numbers.Loss)}" : "")}",
        NewBest best => $"new best {ProgressWords.Of(best.Best)}{(best.Previous is { } previous ? $", before: {ProgressWords.Of(previous)}" : "")}. {best.Why}",
        CheckpointKept kept => $"kept {kept.Path} ({Numbers.Bytes(kept.SizeBytes)})",
        CheckpointReleased released => $"released {released.Path}",
        RunFinished finished => $"finished at {ProgressWords.Steps(finished.Progress)}{(finished.Best is { } best ? $"; ship {best.Checkpoint.Path}" : "; nothing to recommend")}",
        FollowWarning warning => $"warning: {warning.Message}",
        Progressed { Progress: var progress } => string.Join("  ", Parts(progress)),
        _ => one.ToString(),
    };

    private IEnumerable<string> Parts(RunProgress progress)
    {
        yield return ProgressWords.Steps(progress);
        if (progress.TrainLoss is { } train) yield return $"loss {Numbers.Format(train.Loss, Numbers.Loss)}";
        if (progress.EvalLoss is { } eval) yield return $"eval_loss {Numbers.Format(eval.Loss, Numbers.Loss)}";
        if (_best is { } best) yield return $"best {best.Checkpoint.Path}";
        if (ProgressWords.Left(progress) is { } left) yield return left;
    }

    private void Write(DateTimeOffset at, string words, Ink ink)
    {
        var local = TimeZoneInfo.ConvertTime(at, time.LocalTimeZone);
        Terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{local:HH:mm:ss}  {words}"), ink);
        // Whoever follows the log of a job wants each line when it is there.
        Terminal.Flush();
    }
}
