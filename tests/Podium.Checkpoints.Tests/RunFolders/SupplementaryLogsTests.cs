using Podium.Checkpoints.RunFolders;
using Podium.Histories;

namespace Podium.Checkpoints.Tests.RunFolders;

/// <summary>Logs that lie beside checkpoints, where the state files tell of no evaluation.</summary>
public sealed class SupplementaryLogsTests
{
    private const string Csv = "epoch,step,train_loss,val_loss\n0,9,0.9,\n0,9,,0.8\n1,19,0.5,\n1,19,,0.6\n";

    [Theory]
    [InlineData("checkpoints/metrics.csv")]
    [InlineData("metrics.csv")]
    [InlineData("version_0/metrics.csv")]
    public void Read_LightningsLogInAboveOrBeside_IsTheHistoryOfTheFiles(string csv)
    {
        using var folder = new TemporaryFolder();
        folder.Write(csv, Csv);
        foreach (var file in (string[])["epoch=0-step=10.ckpt", "epoch=1-step=20.ckpt"]) WeightFiles.WriteTorch(Path.Combine(folder.Path, "checkpoints", file));

        var ranking = FolderRanking.Of(RunFolderReader.Read(Path.Combine(folder.Path, "checkpoints")));

        ranking.Recommended!.Checkpoint.Path.ShouldBe("epoch=1-step=20.ckpt");
        ranking.Recommended.Loss!.Value.Value.ShouldBe(0.6);
        ranking.Recommended.Loss!.Value.TrainLoss.ShouldBe(0.5);
    }

    [Fact]
    public void Read_EventFilesWithoutStateFiles_AreTheHistory()
    {
        var events = SharedMaterial.Require("hf-runs/gpt2-full/runs");
        using var folder = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(events, "events.out.tfevents.*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(Path.Combine(folder.Path, "runs", "launch"));
            File.Copy(file, Path.Combine(folder.Path, "runs", "launch", Path.GetFileName(file)));
        }

        foreach (var step in (int[])[20, 100, 200]) WeightFiles.WriteSafetensors(Path.Combine(folder.Path, $"checkpoint-{step}", "model.safetensors"));

        var ranking = FolderRanking.Of(RunFolderReader.Read(folder.Path));

        // As the state files of the same run say, to the precision of a float.
        ranking.Recommended!.Checkpoint.Path.ShouldBe("checkpoint-200");
        ranking.Recommended.Loss!.Value.Value.ShouldBe(4.4143, 0.0001);
    }

    [Fact]
    public void Read_LlamaFactorysLogBesideStatesWithoutEvaluations_FillsTheGaps()
    {
        using var folder = new TemporaryFolder();
        folder.Write("checkpoint-10/trainer_state.json", """{"global_step": 10, "log_history": [{"loss": 2.0, "step": 5}, {"loss": 1.5, "step": 10}]}""");
        folder.Write("trainer_log.jsonl", """
            {"current_steps": 5, "total_steps": 20, "loss": 2.0}
            {"current_steps": 10, "total_steps": 20, "loss": 1.5}
            {"current_steps": 10, "total_steps": 20, "eval_loss": 1.7}

            """);

        var run = RunFolderReader.Read(folder.Path).Runs.ShouldHaveSingleItem().Run;

        run.History.Find(MetricKeys.EvalLoss)!.Values.ToArray().ShouldBe([1.7]);
        run.History.Find(MetricKeys.Loss)!.Values.ToArray().ShouldBe([2.0, 1.5]);
    }

    [Fact]
    public void Read_LogOfAnotherRun_IsLeftOutWithAWarning()
    {
        using var folder = new TemporaryFolder();
        folder.Write("checkpoint-10/trainer_state.json", """{"global_step": 10, "log_history": [{"loss": 1.5, "step": 10}]}""");
        folder.Write("trainer_log.jsonl", """
            {"current_steps": 10, "loss": 9.5}
            {"current_steps": 10, "eval_loss": 1.7}

            """);

        var read = RunFolderReader.Read(folder.Path);

        read.Warnings.Select(warning => warning.Code).ShouldContain("log-left-out");
        read.Runs.ShouldHaveSingleItem().Run.History.Find(MetricKeys.EvalLoss).ShouldBeNull();
    }
}
