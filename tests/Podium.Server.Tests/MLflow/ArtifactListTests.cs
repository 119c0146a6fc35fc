using System.Net;
using Podium.Server.Tests.Material;

namespace Podium.Server.Tests.MLflow;

/// <summary><c>artifacts/list</c>, as clients call it that know a run's id and no folder.</summary>
public sealed class ArtifactListTests
{
    [Fact]
    public async Task List_OfARun_HasPathsFromTheRunsFolderOn()
    {
        await using var server = await RunningServer.StartAsync();
        var client = MLflowClient.Of(server);
        var run = await client.RunAsync();
        foreach (var path in (string[])["a.txt", "d/x.txt", "d/e/y.txt"])
            (await client.SendAsync(HttpMethod.Put, $"/api/2.0/mlflow-artifacts/artifacts/0/{run}/artifacts/{path}", new StringContent("12345"))).Status.ShouldBe(HttpStatusCode.OK);

        var root = await client.GetAsync($"artifacts/list?run_id={run}");
        root.GetProperty("root_uri").GetString().ShouldBe($"mlflow-artifacts:/0/{run}/artifacts");
        root.GetProperty("files").ToString().ShouldBe("""[{"path":"a.txt","is_dir":false,"file_size":5},{"path":"d","is_dir":true}]""");
        (await client.GetAsync($"artifacts/list?run_uuid={run}&path=d")).GetProperty("files").ToString().ShouldBe("""[{"path":"d/e","is_dir":true},{"path":"d/x.txt","is_dir":false,"file_size":5}]""");
        (await client.GetAsync($"artifacts/list?run_id={run}&path=none")).TryGetProperty("files", out _).ShouldBeFalse();
        (await client.SendAsync(HttpMethod.Get, $"artifacts/list?run_id={run}&path=../../x")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await client.SendAsync(HttpMethod.Get, "artifacts/list?run_id=none")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await client.SendAsync(HttpMethod.Get, "artifacts/list")).Status.ShouldBe(HttpStatusCode.BadRequest);
        var stranger = new MLflowClient(await server.ClientOfJobAsync("mine"));
        (await stranger.SendAsync(HttpMethod.Get, $"artifacts/list?run_id={run}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }
}
