using Podium.Checkpoints.RunFolders;
using Podium.Server.Tests.Material;
using Podium.Storage.Jobs;

namespace Podium.Server.Tests.MLflow;

public sealed class TranscriptTests
{
    [Fact]
    public async Task Client_EverydayCalls_AreAnsweredAsTheOriginalDoes()
    {
        await using var server = await RunningServer.StartAsync();
        (await new Transcript(server.Client).ReplayAsync("client-3.17")).ShouldBe(85);
    }

    [Theory]
    [InlineData("hf-trainer-5.23", "9032d6a6fed94fcd8dc5d6450000bec1", "tiny-gpt2")]
    [InlineData("hf-trainer-4.40", "edaa528bc5b74f599273efa49e18c8eb", "tiny-gpt2-v4")]
    public async Task Trainer_WholeTraining_IsAJobWithItsBestEvaluation(string transcript, string run, string name)
    {
        await using var server = await RunningServer.StartAsync();
        var replay = new Transcript(server.Client);
        await replay.ReplayAsync(transcript);

        var job = (await server.Storage.Jobs.FindAsync(replay.Ids[run], TestContext.Current.CancellationToken))!;
        job.JobName.ShouldBe(name);
        job.Status.ShouldBe(JobStatus.Completed);
        job.TotalSteps.ShouldBe(60);
        job.CurrentStep.ShouldBe(60);
        job.CurrentEpoch.ShouldBe(7.5);
        job.BatchSize.ShouldBe(8);
        job.GradientAccumulationSteps.ShouldBe(1);
        job.Config.ShouldNotBeNull().ShouldContain("\"max_steps\":60");
        job.BestStep.ShouldBe(60);
        job.BestEvalLoss.ShouldNotBeNull();

        // The mean of the whole run is no training loss of a step: it has its own name, and the client gets back what it sent.
        var series = (await server.Storage.Series.ListAsync(job.JobId, TestContext.Current.CancellationToken))!.Runs[0].Keys;
        series.ShouldContain("train_loss_mean");
        series.ShouldNotContain("train_loss");
        var client = MLflowClient.Of(server);
        (await client.HistoryAsync(job.JobId, "train_loss")).Length.ShouldBe(1);
        (await client.HistoryAsync(job.JobId, "train_loss_mean")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Trainer_WithArtifacts_HasCheckpointsInARunFolder()
    {
        await using var server = await RunningServer.StartAsync();
        var replay = new Transcript(server.Client);
        (await replay.ReplayAsync("hf-trainer-5.23-artifacts")).ShouldBe(81);

        var job = (await server.Storage.Jobs.FindAsync(replay.Ids["dd529b95693e4691b9fa17f3d046d01b"], TestContext.Current.CancellationToken))!;
        var folder = RunFolderReader.Read(job.RunFolder.ShouldNotBeNull());
        folder.Runs.Count.ShouldBe(1);
        folder.Runs[0].Run.Checkpoints.Select(checkpoint => checkpoint.Path).Order(StringComparer.Ordinal).ShouldBe(["checkpoint-20", "checkpoint-40"]);
        folder.Runs[0].Run.History.LastStep.ShouldBe(40);
        // Its weights were not recorded: what stands for them is no weight file, and that is seen.
        folder.Verifications["checkpoint-40"].State.ShouldBe(Ranking.CheckpointState.Damaged);
    }
}
