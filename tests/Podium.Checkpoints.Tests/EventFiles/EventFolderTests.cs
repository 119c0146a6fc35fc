using Podium.Checkpoints.EventFiles;
using static Podium.Checkpoints.Tests.EventFiles.EventFileWriter;

namespace Podium.Checkpoints.Tests.EventFiles;

public sealed class EventFolderTests : IDisposable
{
    private const string File1 = "events.out.tfevents.1";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(File1)]
    [InlineData("runs/Nov21_21-37-01_vm/" + File1)]
    [InlineData("logs/" + File1)]
    [InlineData("lightning_logs/version_0/" + File1)]
    [InlineData("tb_logs/model/version_3/" + File1)]
    public void Find_WhereTrainersPutThem_FindsThem(string relativePath)
    {
        var path = Begun().Save(_folder, relativePath);

        EventFolder.Find(_folder.Path).ShouldBe([path]);
    }

    [Theory]
    [InlineData("checkpoint-20/" + File1)]
    [InlineData(".cache/" + File1)]
    [InlineData("a/b/c/d/" + File1)]
    [InlineData("runs/other.txt")]
    public void Find_Elsewhere_DoesNot(string relativePath)
    {
        Begun().Save(_folder, relativePath);

        EventFolder.Find(_folder.Path).ShouldBeEmpty();
        EventFolder.Read(_folder.Path).ShouldBeNull();
    }

    [Fact]
    public void Find_AnotherRunFolderBelow_LeavesItsFilesAlone()
    {
        var own = Begun().Save(_folder, "runs/a/" + File1);
        Begun().Save(_folder, "other/runs/a/" + File1);
        Directory.CreateDirectory(Path.Combine(_folder.Path, "other", "checkpoint-10"));
        Directory.CreateDirectory(Path.Combine(_folder.Path, "checkpoint-10"));

        EventFolder.Find(_folder.Path).ShouldBe([own]);
    }

    [Fact]
    public void Find_LinksInACircle_Ends()
    {
        var own = Begun().Save(_folder, "runs/a/" + File1);
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "runs", "again"), _folder.Path);

        EventFolder.Find(_folder.Path).ShouldBe([own]);
    }

    [Fact]
    public void Read_FolderThatIsNotThere_IsNull() => EventFolder.Read(Path.Combine(_folder.Path, "gone")).ShouldBeNull();

    [Fact]
    public void Read_RealRunFolder_FindsItsRun()
    {
        var reading = EventFolder.Read(SharedMaterial.Require("hf-runs/gpt2-full")).ShouldNotBeNull();

        reading.Files.Count.ShouldBe(1);
        reading.History.Count.ShouldBe(51);
    }

    [Fact]
    public void Read_ResumedLaunch_ReplacesFromItsFirstStepOn()
    {
        // The names do not tell the order, the times inside do.
        var first = Begun(1000).TrainingLog(10, 3).EvaluationLog(10, 4).TrainingLog(20, 2).TrainingLog(30, 1).Save(_folder, "runs/z/" + File1);
        var second = Begun(2000).TrainingLog(20, 2.5f).EvaluationLog(20, 3).Save(_folder, "runs/a/" + File1);

        var reading = EventFolder.Read(_folder.Path).ShouldNotBeNull();

        reading.Files.ShouldBe([first, second]);
        reading.WallTimes.Count.ShouldBe(4);
        reading.History.Show().ShouldBe("""
            10: loss=3 learning_rate=0.0001 epoch=1
            10: epoch=1 eval_loss=4 eval_runtime=0.5
            20: loss=2.5 learning_rate=0.0001 epoch=2
            20: epoch=2 eval_loss=3 eval_runtime=0.5
            """);
    }

    [Fact]
    public void Read_LaunchWithoutScalars_ReplacesNothing()
    {
        Begun(1000).TrainingLog(10, 3).Save(_folder, "runs/a/" + File1);
        Begun(1001).Save(_folder, "runs/a/1001.5/" + File1);
        _folder.Write("runs/b/" + File1, "");

        var reading = EventFolder.Read(_folder.Path).ShouldNotBeNull();

        reading.History.Count.ShouldBe(1);
        reading.Files.Count.ShouldBe(3);
        reading.Faults.ShouldBeEmpty();
    }

    [Fact]
    public void Read_SeveralFilesOfOneLaunch_StandOneBehindTheOther()
    {
        Begun(2000).TrainingLog(10, 9).Save(_folder, "runs/a/events.out.tfevents.1");
        Begun(1000).TrainingLog(10, 3).TrainingLog(20, 2).Save(_folder, "runs/a/events.out.tfevents.2");

        EventFolder.Read(_folder.Path)!.History.Show().ShouldBe("""
            10: loss=3 learning_rate=0.0001 epoch=1
            20: loss=2 learning_rate=0.0001 epoch=2
            10: loss=9 learning_rate=0.0001 epoch=1
            """);
    }

    [Fact]
    public void Read_DamagedLaunch_DoesNotHideTheOther()
    {
        Begun(1000).TrainingLog(10, 3).Save(_folder, "runs/a/" + File1);
        _folder.Write("runs/b/" + File1, "no event file at all");

        var reading = EventFolder.Read(_folder.Path).ShouldNotBeNull();

        reading.History.Count.ShouldBe(1);
        reading.Faults.Single().Path.ShouldContain("/b/");
    }
}
