using Podium.Cli.Tests.Material;
using Podium.Cli.Tests.Serving;

namespace Podium.Cli.Tests.Jobs;

public sealed class JobsTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Import_Folder_MakesAJobWithTheBestThatRankRecommends()
    {
        var run = MadeRun.Usual(server.Runs, "imported", evalLosses: [1.5, 1.1, 1.3]);

        // Relative to where it is typed, which is not where the server was started.
        var made = (await server.PodiumAsync("import", "imported", "--job-id", "job-imported", "--format", "json")).ShouldExitWith(0).Json();
        made.Text("job_id").ShouldBe("job-imported");
        made.Number("checkpoints").ShouldBe(3);
        made.Number("new_points").ShouldBeGreaterThan(0);

        var ranked = (await PodiumProcess.RunAsync("rank", run.Path, "--format", "json")).Json();
        var job = (await server.PodiumAsync("jobs", "job-imported", "--format", "json")).ShouldExitWith(0).Json();
        Path.GetFileName(job.Text("best_checkpoint_path")).ShouldBe(ranked.Text("recommended"));
        job.Number("best_eval_loss").ShouldBe(1.1);
    }

    [Fact]
    public async Task Import_Again_SaysThatNothingIsNew()
    {
        MadeRun.Usual(server.Runs, "again", evalLosses: [1.5, 1.1]);
        (await server.PodiumAsync("import", "again")).ShouldExitWith(0).Output.ShouldContain("1 run, 2 checkpoints");

        (await server.PodiumAsync("import", "again")).ShouldExitWith(0).Output.Unwrapped().ShouldContain("(0 of them new)");
    }

    [Fact]
    public async Task Import_FolderThatIsNotThere_ExitsWith1() => (await server.PodiumAsync("import", "no-such-folder")).ShouldExitWith(1).Error.ShouldContain("no-such-folder");

    [Fact]
    public async Task Import_FolderOutsideTheRoots_ExitsWith1()
    {
        using var elsewhere = new TemporaryFolder();
        (await server.PodiumAsync("import", elsewhere.Path)).ShouldExitWith(1).Error.ShouldContain(elsewhere.Path);
    }

    [Fact]
    public async Task Import_WrongName_ExitsWith2()
    {
        MadeRun.Usual(server.Runs, "misnamed", evalLosses: [1.5]);
        (await server.PodiumAsync("import", "misnamed", "--job-id", "a/b")).ShouldExitWith(2).Error.ShouldContain("job_id");
    }

    [Fact]
    public async Task Jobs_List_HasEachFormat()
    {
        MadeRun.Usual(server.Runs, "listed", evalLosses: [1.5, 1.25]);
        (await server.PodiumAsync("import", "listed", "--job-id", "job-listed")).ShouldExitWith(0);

        var table = (await server.PodiumAsync("jobs")).ShouldExitWith(0).Output;
        table.Lines().ShouldAllBe(line => line.Length <= 80);
        table.ShouldContain("job-listed");
        (await server.PodiumAsync("jobs", "--format", "json")).Json().Items("jobs").Select(job => job.Text("job_id")).ShouldContain("job-listed");
        var csv = (await server.PodiumAsync("jobs", "--format", "csv")).ShouldExitWith(0).Output.Lines();
        csv[0].ShouldStartWith("job_id,job_name,model_name,status,progress,");
        csv.ShouldContain(line => line.StartsWith("job-listed,listed,", StringComparison.Ordinal) && line.Contains(",1.25,", StringComparison.Ordinal));
        (await server.PodiumAsync("jobs", "--format", "markdown")).ShouldExitWith(0).Output.ShouldStartWith("| job |");
    }

    [Fact]
    public async Task Jobs_Limit_SaysHowManyThereAre()
    {
        foreach (var name in (string[])["first", "second"])
        {
            MadeRun.Usual(server.Runs, name, evalLosses: [1.5]);
            (await server.PodiumAsync("import", name)).ShouldExitWith(0);
        }

        var run = (await server.PodiumAsync("jobs", "--limit", "1")).ShouldExitWith(0);
        run.Output.Lines().Length.ShouldBe(2);
        run.Error.ShouldContain("1 of ");
        (await server.PodiumAsync("jobs", "--limit", "0")).ShouldExitWith(2).Error.ShouldContain("--limit");
    }

    [Fact]
    public async Task Jobs_WrongStatus_ExitsWith2AndNamesThem() => (await server.PodiumAsync("jobs", "--status", "done")).ShouldExitWith(2).Error.ShouldContain("completed");

    [Fact]
    public async Task Jobs_One_SaysHowItStands()
    {
        MadeRun.Usual(server.Runs, "shown", evalLosses: [1.5, 1.25, 1.4]);
        (await server.PodiumAsync("import", "shown", "--job-id", "job-shown")).ShouldExitWith(0);

        var output = (await server.PodiumAsync("jobs", "job-shown")).ShouldExitWith(0).Output;

        output.ShouldStartWith("job-shown: ");
        output.ShouldContain("1.2500 at step 20");
        output.ShouldContain("checkpoint-20");
        output.ShouldContain("multi-metric");
    }

    [Theory]
    [InlineData("no-such-job")]
    [InlineData("..")]
    [InlineData("a/../b?c")]
    public async Task Jobs_OneThatIsNotThere_ExitsWith1AndNamesIt(string job)
    {
        (await server.PodiumAsync("jobs", job)).ShouldExitWith(1).Error.ShouldContain($"There is no job '{job}'");
        (await server.PodiumAsync("jobs", "set", job, "--name", "other")).ShouldExitWith(1).Error.ShouldContain($"There is no job '{job}'");
    }

    [Fact]
    public async Task Set_StrategyNameAndFolder_ChangesThem()
    {
        MadeRun.Usual(server.Runs, "changed", evalLosses: [1.5, 1.25]);
        (await server.PodiumAsync("import", "changed", "--job-id", "job-changed")).ShouldExitWith(0);

        var changed = (await server.PodiumAsync("jobs", "set", "job-changed", "--strategy", "eval-loss", "--name", "Öther", "--folder", "changed", "--format", "json")).ShouldExitWith(0).Json();
        changed.Text("strategy").ShouldBe("eval-loss");
        changed.Text("job_name").ShouldBe("Öther");
        changed.Text("run_folder").ShouldBe(Path.Combine(server.Runs.Path, "changed"));

        var back = (await server.PodiumAsync("jobs", "set", "job-changed", "--strategy", "", "--name", "", "--format", "json")).ShouldExitWith(0).Json();
        back.Text("strategy").ShouldBe("multi-metric");
        back.Text("job_name").ShouldBeNull();
    }

    [Fact]
    public async Task Set_Status_SaysHowItHasEnded()
    {
        MadeRun.Usual(server.Runs, "ended", evalLosses: [1.5]);
        (await server.PodiumAsync("import", "ended", "--job-id", "job-ended")).ShouldExitWith(0);

        var ended = (await server.PodiumAsync("jobs", "set", "job-ended", "--status", "failed", "--error", "out of memory", "--format", "json")).ShouldExitWith(0).Json();
        ended.Text("status").ShouldBe("failed");
        ended.Text("error").ShouldBe("out of memory");
    }

    [Theory]
    [InlineData("Nothing is to change")]
    [InlineData("--strategy: ", "--strategy", "no-such-strategy")]
    [InlineData("run_folder: ", "--folder", "/no/such/folder")]
    [InlineData("status: ", "--status", "done")]
    public async Task Set_WrongArguments_ExitsWith2(string says, params string[] arguments)
    {
        MadeRun.Usual(server.Runs, "kept", evalLosses: [1.5]);
        (await server.PodiumAsync("import", "kept", "--job-id", "job-kept")).ShouldExitWith(0);

        (await server.PodiumAsync(["jobs", "set", "job-kept", .. arguments])).ShouldExitWith(2).Error.ShouldContain(says);
    }
}
