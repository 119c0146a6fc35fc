using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Podium.Server.Artifacts;
using Podium.Server.Tests.Live;
using Podium.Server.Tests.Material;

namespace Podium.Server.Tests.MLflow;

/// <summary>What a server that was killed had half received is cleared away by the next; what another one receives just then is not.</summary>
public sealed class UploadLeftoverTests
{
    [Fact]
    public async Task Start_AfterAServerWasKilledAmidAnUpload_ClearsThatAway()
    {
        using var data = new TemporaryFolder();
        var uploads = Path.Combine(data.Path, "artifacts", ".uploads");
        await using (var killed = new ServerProcess(data.Path))
        {
            await killed.StartAsync();
            var run = await new MLflowClient(killed.Client).RunAsync();
            var half = new HalfSent();
            var sending = killed.Client.PutAsync($"/api/2.0/mlflow-artifacts/artifacts/0/{run}/artifacts/big", half, TestContext.Current.CancellationToken);
            await UntilAsync(() => Directory.Exists(uploads) && Directory.GetFiles(uploads, "*", SearchOption.AllDirectories).Any(file => !file.EndsWith(".lock", StringComparison.Ordinal)));
            await killed.KillAsync();
            half.End();
            await Should.ThrowAsync<Exception>(() => sending);
            Directory.GetDirectories(uploads).ShouldHaveSingleItem();
        }

        await using var server = await RunningServer.StartAsync(options => options with { Data = data.Path });
        Directory.EnumerateFileSystemEntries(uploads).ShouldBeEmpty();
    }

    [Fact]
    public async Task Start_WhileAnotherServerReceives_LeavesThatAlone()
    {
        using var data = new TemporaryFolder();
        using var database = TestPostgres.Make();
        await using var one = await RunningServer.StartAsync(options => options with { Data = data.Path, Database = database.Connection });
        var run = await MLflowClient.Of(one).RunAsync();
        var half = new HalfSent();
        var sending = one.Client.PutAsync($"/api/2.0/mlflow-artifacts/artifacts/0/{run}/artifacts/big", half, TestContext.Current.CancellationToken);
        var folder = one.Services.GetRequiredService<UploadFolder>().Open();
        await UntilAsync(() => Directory.GetFiles(folder).Length > 0);
        // One of another machine, of which nobody knows whether it lives; and a file there that nobody writes any more.
        var strange = Path.Combine(Path.GetDirectoryName(folder)!, "elsewhere.0123");
        Directory.CreateDirectory(strange);
        await File.WriteAllTextAsync($"{strange}.lock", "", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(strange, "young"), "", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(strange, "old"), "", TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(Path.Combine(strange, "old"), TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-2));

        await using var another = await RunningServer.StartAsync(options => options with { Data = data.Path, Database = database.Connection });

        Directory.GetFiles(folder).ShouldHaveSingleItem();
        Directory.GetFiles(strange).Select(Path.GetFileName).ShouldBe(["young"]);
        half.End();
        (await sending).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await another.Client.GetByteArrayAsync($"/api/2.0/mlflow-artifacts/artifacts/0/{run}/artifacts/big", TestContext.Current.CancellationToken)).Length.ShouldBe(HalfSent.Bytes);
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        for (var i = 0; i < 600 && !isSo(); i++) await Task.Delay(50, TestContext.Current.CancellationToken);
        isSo().ShouldBeTrue();
    }

    /// <summary>A body that stops halfway until it is told to go on.</summary>
    private sealed class HalfSent : HttpContent
    {
        public const int Bytes = 2_000_000;

        private readonly TaskCompletionSource _goesOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void End() => _goesOn.TrySetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            await stream.WriteAsync(new byte[Bytes / 2]);
            await stream.FlushAsync();
            await _goesOn.Task;
            await stream.WriteAsync(new byte[Bytes / 2]);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = Bytes;
            return true;
        }
    }
}
