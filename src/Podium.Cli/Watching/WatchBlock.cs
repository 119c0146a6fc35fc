using System.Globalization;
using Podium.Analysis;
using Podium.Checkpoints.Following;
using Podium.Cli.Output;

namespace Podium.Cli.Watching;

/// <summary>A few lines on a terminal that say how a run is doing, drawn again in place.</summary>
internal sealed class WatchBlock : IWatchOutput
{
    private const string HideCursor = "\u001b[?25l";
    private const string ShowCursor = "\u001b[?25h";
    private const int LabelWidth = 11;
    private const int BarWidth = 24;

    private readonly Screen _screen;
    private readonly string _options;
    private int _lines;
    private string? _last;
    private string? _warning;

    /// <param name="screen">The terminal.</param>
    /// <param name="options">What was asked for, in words.</param>
    public WatchBlock(Screen screen, string options)
    {
        (_screen, _options) = (screen, options);
        _screen.Writer.Write(HideCursor);
    }

    public void Waiting(string folder)
    {
        Begin();
        Line("", $"waiting for {folder}, which is not there yet", Ink.Quiet);
        _screen.Writer.Flush();
    }

    public void Show(RunWatch watch, IReadOnlyList<FollowEvent> news)
    {
        foreach (var one in news) Remember(one);
        Begin();
        Line("", $"{watch.Folder} · {_options}{(watch.WhyPolling is null ? "" : " · polling")}", Ink.Quiet);
        WriteProgress(watch.Progress);
        WriteCheckpoints(watch);
        if (_last is not null) Line("last", _last, Ink.Quiet);
        if (_warning is not null) Line("warning", _warning, Ink.Attention);
        _screen.Writer.Flush();
    }

    public void Dispose()
    {
        _screen.Writer.Write(ShowCursor);
        _screen.Writer.Flush();
    }

    private void Remember(FollowEvent one)
    {
        if (one is FollowWarning warning) _warning = warning.Message;
        _last = one switch
        {
            CheckpointSaved saved => $"saved {saved.Checkpoint.Path}",
            CheckpointGone gone => $"{gone.Checkpoint.Path} is gone{(gone.IsKept ? ", a copy is kept" : "")}",
            CheckpointKept kept => $"kept {kept.Path} ({Numbers.Bytes(kept.SizeBytes)})",
            CheckpointReleased released => $"released {released.Path}",
            RunFinished => "the run has finished",
            _ => _last,
        };
    }

    private void WriteProgress(RunProgress progress)
    {
        var bar = progress.Percent is { } percent ? $"{Bar(percent)}  " : "";
        var epoch = progress.Epoch is { } at ? string.Create(CultureInfo.InvariantCulture, $" · epoch {at:0.0#}") : "";
        var left = ProgressWords.Left(progress) is { } time ? $" · {time}" : "";
        Line("", $"{bar}{ProgressWords.Steps(progress)}{epoch}{left}");
        if (progress.TrainLoss is { } train) Line("loss", $"{Numbers.Format(train.Loss, Numbers.Loss),-9}{Sparkline.Of(progress.TrainLosses, BarWidth)}", Ink.TrainLoss);
        if (progress.EvalLoss is not { } eval) return;
        var trend = progress.Trend is LossTrend.InsufficientData ? "" : $", {progress.Trend.Spelling()}";
        Line("eval_loss", $"{Numbers.Format(eval.Loss, Numbers.Loss),-9}{Sparkline.Of(progress.EvalLosses, BarWidth)}  at step {eval.Step}{trend}", Ink.EvalLoss);
    }

    private void WriteCheckpoints(RunWatch watch)
    {
        if (watch.Ranking is not { Runs: [var run, ..] } ranking)
        {
            Line("", "no checkpoint yet", Ink.Quiet);
            return;
        }

        if (ranking.Recommended is { } best) Line("★ best", ProgressWords.Of(best), Ink.Best);
        else if (run.Refusal is { } refusal) Line("best", refusal.Message, Ink.Quiet);
        if (run.Latest is { } latest) Line("latest", ProgressWords.Of(latest));
        if (watch.Kept is { Count: > 0 } kept) Line("kept", string.Join(", ", kept));
    }

    private static string Bar(double percent)
    {
        var full = (int)(percent / 100 * BarWidth);
        return new string('█', full) + new string('░', BarWidth - full);
    }

    /// <summary>Goes back to the first line, and takes away what stands there.</summary>
    private void Begin()
    {
        if (_lines > 0) _screen.Writer.Write($"\u001b[{_lines}A\r\u001b[J");
        _lines = 0;
    }

    /// <summary>One line, cut where it would wrap: the next drawing goes back by lines.</summary>
    private void Line(string label, string text, Ink ink = Ink.Plain)
    {
        var line = (label.Length == 0 ? text : label.PadRight(LabelWidth) + text).ReplaceLineEndings(" ");
        _screen.WriteLine(line.Length < _screen.Width ? line : $"{line[..(_screen.Width - 2)]}…", ink);
        _lines++;
    }
}
