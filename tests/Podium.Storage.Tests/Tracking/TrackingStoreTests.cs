using Podium.Storage.Databases;
using Podium.Storage.Jobs;
using Podium.Storage.Tests.Material;
using Podium.Storage.Tracking;

namespace Podium.Storage.Tests.Tracking;

public sealed class TrackingStoreTests
{
    public static TheoryData<Engine> Engines => [Engine.Sqlite, Engine.Postgres];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Experiment_IsMadeRenamedDeletedAndRestoredWithItsRuns(Engine engine)
    {
        using var database = new TestDatabase(engine);
        await using var storage = PodiumStorage.Open(database.Open());
        var experiments = storage.Tracking.Experiments;
        (await experiments.FindAsync(0, Cancellation))!.Name.ShouldBe("Default");

        var id = (await experiments.CreateAsync("a", null, [new("k", "v")])).Value;
        id.ShouldBeGreaterThan(0);
        (await experiments.CreateAsync("a", null, [])).Refusal!.Reason.ShouldBe(TrackingRefusalReason.AlreadyExists);
        (await experiments.RenameAsync(id, "Default"))!.Reason.ShouldBe(TrackingRefusalReason.AlreadyExists);
        (await experiments.RenameAsync(id, "b")).ShouldBeNull();
        (await experiments.FindAsync("b", Cancellation))!.Tags.ShouldBe([new("k", "v")]);
        await storage.Tracking.Runs.CreateAsync(Run("r", id));

        (await experiments.DeleteAsync(id)).ShouldBeNull();
        (await experiments.DeleteAsync(id))!.Reason.ShouldBe(TrackingRefusalReason.Invalid);
        (await storage.Tracking.Runs.CreateAsync(Run("s", id))).Refusal!.Message.ShouldContain("must be in the 'active' state");
        (await storage.Tracking.Runs.LogAsync(Log("r", 1)))!.Reason.ShouldBe(TrackingRefusalReason.Invalid);
        (await experiments.ListAsync(LifecycleView.Active, Cancellation)).Select(one => one.ExperimentId).ShouldBe([0]);
        (await experiments.ListAsync(LifecycleView.Deleted, Cancellation)).Select(one => one.ExperimentId).ShouldBe([id]);

        (await experiments.RestoreAsync(id)).ShouldBeNull();
        (await storage.Tracking.Runs.LogAsync(Log("r", 1))).ShouldBeNull();
        (await experiments.DeleteAsync(99))!.Reason.ShouldBe(TrackingRefusalReason.NotFound);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Log_ThatIsRefused_LeavesNothingBehind(Engine engine)
    {
        using var database = new TestDatabase(engine);
        await using var storage = PodiumStorage.Open(database.Open());
        var runs = storage.Tracking.Runs;
        await runs.CreateAsync(Run("r", 0));
        (await runs.LogAsync(Log("r", 1) with { Params = [new("p", "1")] })).ShouldBeNull();

        (await runs.LogAsync(Log("r", 2) with { Params = [new("q", "1"), new("p", "2")], Tags = [new("t", "1")] }))!.Message.ShouldContain("Changing param values");
        (await runs.LogAsync(Log("nobody", 2)))!.Reason.ShouldBe(TrackingRefusalReason.NotFound);

        var run = (await runs.FindAsync("r", RunParts.All, Cancellation))!;
        run.Params.ShouldBe([new("p", "1")]);
        run.Tags.ShouldBe([new("mlflow.runName", "r")]);
        run.Metrics.ShouldHaveSingleItem().Step.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Run_ThatIsDeleted_TakesNothingUntilItIsRestored(Engine engine)
    {
        using var database = new TestDatabase(engine);
        await using var storage = PodiumStorage.Open(database.Open());
        var runs = storage.Tracking.Runs;
        // A job that came another way is a run too.
        await storage.Jobs.CreateAsync(new JobRow { JobId = "native", Status = JobStatus.Pending, JobName = "by report" });
        (await runs.LogAsync(Log("native", 1))).ShouldBeNull();

        (await runs.DeleteAsync("native")).ShouldBeNull();
        (await runs.LogAsync(Log("native", 2)))!.Reason.ShouldBe(TrackingRefusalReason.Invalid);
        (await runs.ListAsync([0], LifecycleView.Active, Cancellation)).ShouldBeEmpty();
        (await runs.ListAsync([0], LifecycleView.Deleted, Cancellation)).ShouldHaveSingleItem().Name.ShouldBe("by report");

        (await runs.RestoreAsync("native")).ShouldBeNull();
        (await runs.LogAsync(Log("native", 3))).ShouldBeNull();
        (await runs.FindAsync("native", RunParts.Metrics, Cancellation))!.Metrics.ShouldHaveSingleItem().Step.ShouldBe(3);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Open_OfAJob_GivesItsOwnRunOnce(Engine engine)
    {
        using var database = new TestDatabase(engine);
        await using var storage = PodiumStorage.Open(database.Open());
        await storage.Jobs.CreateAsync(new JobRow { JobId = "job", Status = JobStatus.Pending, JobName = "mine" });

        (await storage.Tracking.Runs.OpenAsync("job", Run("a", 7))).Value.ShouldBe("job");
        (await storage.Tracking.Runs.OpenAsync("job", Run("b", 7))).Value.ShouldBe("b");
        (await storage.Tracking.Runs.OpenAsync("nobody", Run("c", 7))).Refusal!.Reason.ShouldBe(TrackingRefusalReason.NotFound);

        var own = (await storage.Tracking.Runs.FindAsync("job", RunParts.Tags, Cancellation))!;
        own.Name.ShouldBe("mine");
        own.Status.ShouldBe(JobStatus.Running);
        (await storage.Tracking.Runs.FindAsync("b", RunParts.None, Cancellation))!.BesideJobId.ShouldBe("job");
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Model_IsMadeFoundAndDeleted(Engine engine)
    {
        using var database = new TestDatabase(engine);
        await using var storage = PodiumStorage.Open(database.Open());
        await storage.Tracking.Runs.CreateAsync(Run("r", 0) with { Tags = [new("mlflow.user", "me"), new("other", "x")] });
        var models = storage.Tracking.Models;
        (await models.CreateAsync(new LoggedModel { ModelId = "m", ExperimentId = 0, Name = "checkpoint-20", ModelType = "", SourceRunId = "r", Status = "LOGGED_MODEL_PENDING" })).ShouldBeNull();
        (await models.AddParamsAsync("m", [new("p", "1")])).ShouldBeNull();
        await models.HoldCheckpointAsync("m", "r", "checkpoint-20");

        var model = (await models.FindHolderAsync("r", "checkpoint-20", Cancellation))!;
        model.ModelId.ShouldBe("m");
        model.Params.ShouldBe([new("p", "1")]);
        model.Tags.ShouldBe([new("mlflow.user", "me")]);
        (await models.ListAsync([0], Cancellation)).ShouldHaveSingleItem();

        (await models.DeleteAsync("m")).ShouldBeNull();
        (await models.FindAsync("m", Cancellation)).ShouldBeNull();
        (await models.SetStatusAsync("m", "LOGGED_MODEL_READY", null))!.Reason.ShouldBe(TrackingRefusalReason.NotFound);
    }

    private static NewRun Run(string id, long experiment) => new(id, experiment, id, "me", 5, []);

    private static RunLog Log(string run, long step) => new(run, [new JobReportEntry(step, 1, [new("loss", 1.0 / step)])], [], []);
}
