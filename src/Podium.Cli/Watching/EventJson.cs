using System.Text.Json;
using Podium.Checkpoints.Following;
using Podium.Cli.Output;
using Podium.Ranking;

namespace Podium.Cli.Watching;

/// <summary>A JSON object for each event, one a line. Programs read these names: they never change, and fields are only added.</summary>
internal sealed class EventJson : IWatchOutput
{
    private readonly Stream _stream = Console.OpenStandardOutput();

    /// <summary>Words go to stderr: stdout is the events' alone.</summary>
    public void Waiting(string folder) => Terminal.Hint($"waiting for {folder}, which is not there yet");

    public void Show(RunWatch watch, IReadOnlyList<FollowEvent> news)
    {
        foreach (var one in news)
        {
            using (var writer = new Utf8JsonWriter(_stream))
            {
                writer.WriteStartObject();
                Write(writer, one);
                writer.WriteEndObject();
            }

            _stream.Write("\n"u8);
            _stream.Flush();
        }
    }

    public void Dispose() => _stream.Dispose();

    private static void Write(Utf8JsonWriter writer, FollowEvent one)
    {
        switch (one)
        {
            case CheckpointSaved { Checkpoint: var checkpoint }:
                Begin(writer, "checkpoint_saved", one);
                Write(writer, checkpoint);
                break;
            case CheckpointGone { Checkpoint: var checkpoint } gone:
                Begin(writer, "checkpoint_gone", one);
                Write(writer, checkpoint);
                writer.WriteBoolean("is_kept", gone.IsKept);
                break;
            case Evaluated evaluated:
                Begin(writer, "evaluation", one);
                writer.WriteNumber("step", evaluated.Step);
                writer.WriteFinite("epoch", evaluated.Epoch);
                writer.WriteFinite("eval_loss", evaluated.EvalLoss);
                writer.WriteFinite("train_loss", evaluated.TrainLoss);
                break;
            case NewBest best:
                Begin(writer, "new_best", one);
                Write(writer, best.Best);
                writer.WriteString("why", best.Why);
                WritePrevious(writer, best.Previous);
                break;
            case CheckpointKept kept:
                Begin(writer, "kept", one);
                writer.WriteString("path", kept.Path);
                writer.WriteNumber("step", kept.Checkpoint.Step);
                writer.WriteNumber("size_bytes", kept.SizeBytes);
                break;
            case CheckpointReleased released:
                Begin(writer, "released", one);
                writer.WriteString("path", released.Path);
                writer.WriteNumber("step", released.Step);
                break;
            case Progressed { Progress: var progress }:
                Begin(writer, "progress", one);
                Write(writer, progress);
                break;
            case RunFinished finished:
                Begin(writer, "finished", one);
                Write(writer, finished.Progress);
                writer.WriteString("recommended", finished.Best?.Checkpoint.Path);
                break;
            case FollowWarning warning:
                Begin(writer, "warning", one);
                writer.WriteString("code", warning.Code);
                writer.WriteString("message", warning.Message);
                break;
        }
    }

    private static void Begin(Utf8JsonWriter writer, string name, FollowEvent one)
    {
        writer.WriteString("event", name);
        writer.WriteString("time", one.Time.UtcDateTime);
    }

    private static void Write(Utf8JsonWriter writer, Checkpoint checkpoint)
    {
        writer.WriteString("path", checkpoint.Path);
        writer.WriteNumber("step", checkpoint.Step);
        writer.WriteNumber("size_bytes", checkpoint.SizeBytes);
        writer.WriteString("state", checkpoint.State.Spelling());
    }

    private static void Write(Utf8JsonWriter writer, RankedCheckpoint ranked)
    {
        writer.WriteString("path", ranked.Checkpoint.Path);
        writer.WriteNumber("step", ranked.Checkpoint.Step);
        writer.WriteFinite("score", ranked.Score);
        writer.WriteFinite("eval_loss", ranked.Loss?.Value);
        writer.WriteFinite("train_loss", ranked.Loss?.TrainLoss);
    }

    private static void WritePrevious(Utf8JsonWriter writer, RankedCheckpoint? previous)
    {
        if (previous is null)
        {
            writer.WriteNull("previous");
            return;
        }

        writer.WriteStartObject("previous");
        Write(writer, previous);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, RunProgress progress)
    {
        writer.WriteWhole("step", progress.Step);
        writer.WriteWhole("max_steps", progress.MaxSteps);
        writer.WriteFinite("progress", progress.Percent);
        writer.WriteFinite("epoch", progress.Epoch);
        writer.WriteFinite("train_loss", progress.TrainLoss?.Loss);
        writer.WriteFinite("eval_loss", progress.EvalLoss?.Loss);
        writer.WriteFinite("remaining_seconds", progress.Remaining?.TotalSeconds);
    }
}
