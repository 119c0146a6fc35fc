using Podium.Checkpoints.Retention;

namespace Podium.Checkpoints.Tests.Retention;

public sealed class DiskUsageTests
{
    [Fact]
    public void Usage_AddsUpToAllBytesBelowTheFolder()
    {
        using var run = RunToPrune.Evaluated(3, 2, 1).TrainingState("checkpoint-10", "optimizer.pt", "scheduler.pt").TrainingState("checkpoint-20", "optimizer.pt")
            .File("checkpoint-10/tokenizer.json", new byte[11])
            .File(".podium/kept/checkpoint-10/model.safetensors", new byte[13])
            .File(".podium-trash-checkpoint-5-0a/x", new byte[17])
            .File("runs/a/events.out.tfevents.1", new byte[19]).File("console.log", new byte[23]).File("trainer_log.jsonl", "{}\n"u8.ToArray())
            .File("README.md", new byte[29]);

        var usage = DiskUsage.Of(run.Rank(), new RetentionPolicy(), LaterClock.AnHour);

        var first = usage.Checkpoints[0];
        first.WeightsBytes.ShouldBe(new FileInfo(run.Full("checkpoint-10/model.safetensors")).Length);
        first.TrainingStateBytes.ShouldBe(200);
        first.OtherBytes.ShouldBe(11 + new FileInfo(run.Full("checkpoint-10/trainer_state.json")).Length);
        (usage.KeptBytes, usage.TrashBytes, usage.LogsBytes, usage.OtherBytes).ShouldBe((13, 17, 45, 29));
        usage.SizeBytes.ShouldBe(Directory.EnumerateFiles(run.Path, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length));
        usage.Checkpoints.Select(checkpoint => checkpoint.SizeBytes).ShouldBe(run.Rank().Runs[0].Run.Checkpoints.OrderBy(checkpoint => checkpoint.Step).Select(checkpoint => checkpoint.SizeBytes));
    }

    [Fact]
    public void Usage_SaysWhatPruningWouldFree()
    {
        using var run = RunToPrune.Evaluated(3, 2, 1).TrainingState("checkpoint-10", "optimizer.pt").TrainingState("checkpoint-30", "optimizer.pt").File(".podium-trash-checkpoint-5-0a/x", new byte[17]);

        var usage = DiskUsage.Of(run.Rank(), new RetentionPolicy(), LaterClock.AnHour);

        usage.Prune.FreesBytes.ShouldBe(usage.Checkpoints[0].SizeBytes + usage.Checkpoints[1].SizeBytes + 17);
        usage.Strip.FreesBytes.ShouldBe(117);
        run.Apply().FreedBytes.ShouldBe(usage.Prune.FreesBytes);
    }

    [Fact]
    public void Usage_FolderOfLightning_CountsEachFile()
    {
        var path = SharedMaterial.Require("hf-runs/lightning-csv/checkpoints");
        var usage = DiskUsage.Of(RunFolders.ByHand.Rank("hf-runs/lightning-csv/checkpoints"), new RetentionPolicy(), LaterClock.AnHour);

        usage.Checkpoints.Count.ShouldBe(12);
        usage.Checkpoints.ShouldAllBe(checkpoint => checkpoint.WeightsBytes == checkpoint.SizeBytes && checkpoint.SizeBytes > 0);
        usage.OtherBytes.ShouldBe(new FileInfo(Path.Combine(path, "last.ckpt")).Length);
    }
}
