using System.Diagnostics;
using Podium.Checkpoints.RunFolders;
using Podium.Checkpoints.Tests.Material;
using Podium.Ranking;

namespace Podium.Checkpoints.Tests.RunFolders;

/// <summary>A pipe where a file is looked for would hold up whoever opens it, until somebody writes into it.</summary>
public sealed class PipeTests
{
    [Fact]
    public async Task Read_PipesNamedLikeFiles_AreNotWaitedFor()
    {
        using var folder = new TemporaryFolder();
        foreach (var file in (string[])["trainer_state.json", "model.safetensors", "config.json", "optimizer.pt", "latest"]) Pipe(Path.Combine(folder.Path, "checkpoint-10", file));
        foreach (var file in (string[])["trainer_state.json", "trainer_log.jsonl", "metrics.csv", "runs/a/events.out.tfevents.1"]) Pipe(Path.Combine(folder.Path, file));
        folder.Write("checkpoint-20/trainer_state.json", new StateText().Loss(20, 1.1).Eval(20, 1).ToString());
        File.CreateSymbolicLink(Path.Combine(folder.Path, "checkpoint-20", "model.safetensors"), Path.Combine(folder.Path, "checkpoint-10", "model.safetensors"));

        var read = await Task.Run(() => RunFolderReader.Read(folder.Path)).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        read.Verifications["checkpoint-10"].State.ShouldBe(CheckpointState.Incomplete);
        read.Runs.ShouldHaveSingleItem().Run.Checkpoints.ShouldContain(checkpoint => checkpoint.Path == "checkpoint-20");
    }

    private static void Pipe(string path)
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("needs mkfifo");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var process = Process.Start("mkfifo", [path]);
        process.WaitForExit();
        process.ExitCode.ShouldBe(0);
    }
}
