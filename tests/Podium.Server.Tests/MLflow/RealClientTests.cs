using Podium.Server.Tests.Material;

namespace Podium.Server.Tests.MLflow;

[Trait("Category", "Slow")]
public sealed class RealClientTests
{
    private const string Everyday =
        """
        import math, os, mlflow
        from mlflow import MlflowClient
        mlflow.set_experiment("fluent")
        with mlflow.start_run(run_name="parent") as run:
            mlflow.log_params({"lr": 0.1, "max_steps": 30})
            for step in range(30):
                mlflow.log_metrics({"loss": 1 / (step + 1), "odd": math.inf if step % 2 else math.nan}, step=step)
            mlflow.set_tag("team", "demo")
            mlflow.log_text("hello", "notes/a.txt")
            with mlflow.start_run(run_name="child", nested=True):
                mlflow.log_metric("loss", 5)
        found = mlflow.search_runs(experiment_names=["fluent"], filter_string="metrics.loss < 1 and params.lr = '0.1'", order_by=["metrics.loss DESC"], output_format="list")
        assert [one.info.run_name for one in found] == ["parent"], found
        assert found[0].info.status == "FINISHED" and found[0].data.tags["team"] == "demo"
        assert len(mlflow.search_runs(experiment_names=["fluent"], output_format="list")) == 2
        client = MlflowClient()
        history = client.get_metric_history(run.info.run_id, "odd")
        assert len(history) == 30 and math.isnan(history[0].value) and math.isinf(history[1].value), history
        assert [one.path for one in client.list_artifacts(run.info.run_id)] == ["notes"]
        assert mlflow.artifacts.load_text(run.info.artifact_uri + "/notes/a.txt") == "hello"
        experiment = client.get_experiment_by_name("fluent")
        client.delete_run(run.info.run_id)
        assert len(client.search_runs([experiment.experiment_id])) == 1
        client.restore_run(run.info.run_id)
        client.delete_experiment(experiment.experiment_id)
        client.restore_experiment(experiment.experiment_id)
        assert client.search_experiments(filter_string="name LIKE 'flu%'")[0].name == "fluent"
        many = [mlflow.entities.Metric("many", i, i, i) for i in range(2500)]
        client.log_batch(run.info.run_id, metrics=many)
        assert [one.value for one in client.get_metric_history(run.info.run_id, "many")] == [float(i) for i in range(2500)]
        for wrong in (lambda: client.get_run("0" * 32), lambda: client.log_param(run.info.run_id, "lr", "2"), lambda: client.search_runs(["0"], "foo bar")):
            try:
                wrong()
            except mlflow.exceptions.MlflowException:
                continue
            raise AssertionError("not refused")
        with mlflow.start_run(run_id=run.info.run_id):
            mlflow.log_metric("resumed", 1, step=40)
        model = client.create_logged_model(experiment.experiment_id, "checkpoint-20", source_run_id=run.info.run_id, params={"a": "1"}, tags={"t": "1"})
        os.makedirs("checkpoint-20"); open("checkpoint-20/trainer_state.json", "w").write('{"global_step": 20, "log_history": [{"step": 20, "loss": 0.5}]}')
        from mlflow.store.artifact.artifact_repository_registry import get_artifact_repository
        get_artifact_repository(model.artifact_location).log_artifacts("checkpoint-20", "artifacts/checkpoint-20")
        client.finalize_logged_model(model.model_id, "READY")
        assert client.search_logged_models([experiment.experiment_id], filter_string="tags.t = '1'")[0].model_id == model.model_id
        print(run.info.run_id)
        """;

    [Fact]
    public async Task Client_EverydayCalls_Work()
    {
        await using var server = await RunningServer.StartAsync();
        var run = (await ClientEnvironment.RunAsync(Everyday, Variables(server, RunningServer.AdminToken))).Trim().Split('\n')[^1];

        var job = (await server.Storage.Jobs.FindAsync(run, TestContext.Current.CancellationToken))!;
        job.JobName.ShouldBe("parent");
        job.TotalSteps.ShouldBe(30);
        Directory.Exists(Path.Combine(job.RunFolder.ShouldNotBeNull(), "checkpoint-20")).ShouldBeTrue();
    }

    [Fact]
    public async Task Client_WithTheTokenOfAJob_ReportsToItAndBesideIt()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = await server.ClientOfJobAsync("mine");
        var token = client.DefaultRequestHeaders.Authorization!.Parameter!;
        var runs = await ClientEnvironment.RunAsync(
            """
            import mlflow
            mlflow.set_experiment("any name")
            for name in ("first", "second"):
                with mlflow.start_run(run_name=name) as run:
                    mlflow.log_metric("eval_loss", 1.0, step=10)
                    print(run.info.run_id)
            """,
            Variables(server, token));
        var ids = runs.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.Contains(' ')).ToArray();
        ids[0].ShouldBe("mine");
        ids[1].ShouldNotBe("mine");
    }

    private static (string Name, string Value)[] Variables(RunningServer server, string token) =>
        [("MLFLOW_TRACKING_URI", server.Address.ToString().TrimEnd('/')), ("MLFLOW_TRACKING_TOKEN", token), ("MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT", "true"), ("GIT_PYTHON_REFRESH", "quiet")];
}
