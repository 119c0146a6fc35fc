using System.Net;
using Podium.Server.Artifacts;
using Podium.Server.Tests.Material;

namespace Podium.Server.Tests.MLflow;

public sealed class ArtifactTests
{
    private const string Artifacts = "/api/2.0/mlflow-artifacts/artifacts";

    [Theory]
    [InlineData("0/abc/artifacts/model/weights.bin", true)]
    [InlineData("0/models/m-1/artifacts/artifacts/checkpoint-20/config.json", true)]
    [InlineData("0/abc/artifacts", true)]
    [InlineData("0/abc/artifacts/ein Name mit ä.txt", true)]
    [InlineData("0/abc/artifacts/../../../etc/passwd", false)]
    [InlineData("0/../artifacts/x", false)]
    [InlineData("0/abc/artifacts/a//b", false)]
    [InlineData("0/abc/artifacts/./b", false)]
    [InlineData("0/abc/artifacts/a\\b", false)]
    [InlineData("0/abc/artifacts/a%2Fb", false)]
    [InlineData("0/abc/artifacts/a\0b", false)]
    [InlineData("x/abc/artifacts/b", false)]
    [InlineData("0/abc/other/b", false)]
    [InlineData("0/models/artifacts/b", false)]
    [InlineData("0/abc", false)]
    [InlineData("", false)]
    public void Path_ThatLeadsElsewhere_IsNone(string path, bool expected) => ArtifactPath.TryParse(path, out _).ShouldBe(expected);

    [Fact]
    public async Task Upload_IsListedReadAndReplaced()
    {
        await using var server = await RunningServer.StartAsync();
        var client = MLflowClient.Of(server);
        var run = await client.RunAsync();
        await PutAsync(client, $"0/{run}/artifacts/d/x.txt", "first");
        await PutAsync(client, $"0/{run}/artifacts/d/x.txt", "second one");

        (await server.Client.GetStringAsync($"{Artifacts}/0/{run}/artifacts/d/x.txt", TestContext.Current.CancellationToken)).ShouldBe("second one");
        (await client.GetAsync($"{Artifacts}?path=0/{run}/artifacts")).ToString().ShouldBe("""{"files":[{"path":"d","is_dir":true}]}""");
        (await client.GetAsync($"{Artifacts}?path=0/{run}/artifacts/d")).ToString().ShouldBe("""{"files":[{"path":"x.txt","is_dir":false,"file_size":10}]}""");
        (await client.GetAsync($"{Artifacts}?path=0/{run}/artifacts/none")).ToString().ShouldBe("{}");
        (await client.SendAsync(HttpMethod.Get, $"{Artifacts}/0/{run}/artifacts/none")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await client.SendAsync(HttpMethod.Put, $"{Artifacts}/0/nobody/artifacts/x", new StringContent("x"))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await client.SendAsync(HttpMethod.Put, $"{Artifacts}/7/{run}/artifacts/x", new StringContent("x"))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await client.SendAsync(HttpMethod.Put, $"{Artifacts}/0/{run}/artifacts/..%2f..%2fx", new StringContent("x"))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await client.SendAsync(HttpMethod.Put, $"{Artifacts}/0/{run}/artifacts/d/x.txt/below", new StringContent("x"))).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Upload_AboveALimit_LeavesNothing()
    {
        var data = "";
        await using var server = await RunningServer.StartAsync(options =>
        {
            data = options.Data;
            return options with { Limits = options.Limits with { ArtifactBytes = 1000, BodyBytes = 500 } };
        });
        var client = MLflowClient.Of(server);
        var run = await client.RunAsync();
        var (status, answer) = await client.SendAsync(HttpMethod.Put, $"{Artifacts}/0/{run}/artifacts/big", new ByteArrayContent(new byte[1001]));
        status.ShouldBe(HttpStatusCode.RequestEntityTooLarge, answer.ToString());
        // Above the limit of other bodies, below its own.
        (await client.SendAsync(HttpMethod.Put, $"{Artifacts}/0/{run}/artifacts/small", new ByteArrayContent(new byte[900]))).Status.ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync($"{Artifacts}?path=0/{run}/artifacts")).ToString().ShouldBe("""{"files":[{"path":"small","is_dir":false,"file_size":900}]}""");
        Directory.GetFiles(Path.Combine(data, "artifacts", ".uploads"), "*", SearchOption.AllDirectories).ShouldAllBe(file => file.EndsWith(".lock"));
    }

    [Fact]
    public async Task Upload_ThatWouldFillTheDisk_IsInsufficientStorage()
    {
        await using var server = await RunningServer.StartAsync(options => options with { Limits = options.Limits with { FreeBytes = long.MaxValue / 2 } });
        var client = MLflowClient.Of(server);
        var run = await client.RunAsync();
        (await client.SendAsync(HttpMethod.Put, $"{Artifacts}/0/{run}/artifacts/x", new StringContent("x"))).Status.ShouldBe(HttpStatusCode.InsufficientStorage);
        (await client.GetAsync($"{Artifacts}?path=0/{run}/artifacts")).ToString().ShouldBe("{}");
    }

    private static async Task PutAsync(MLflowClient client, string path, string content) =>
        (await client.SendAsync(HttpMethod.Put, $"{Artifacts}/{path}", new StringContent(content))).Status.ShouldBe(HttpStatusCode.OK);
}
