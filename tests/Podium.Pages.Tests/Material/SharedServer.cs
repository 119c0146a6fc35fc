[assembly: AssemblyFixture(typeof(Podium.Pages.Tests.Material.SharedServer))]

namespace Podium.Pages.Tests.Material;

/// <summary>One server with many kinds of jobs, for all tests that only read.</summary>
/// <remarks>
/// <see cref="Sentiment"/> and <see cref="SweepJobs"/> are there in each clone, <see cref="RealRuns"/> where ../shared is.
/// <see cref="Markup"/> has HTML wherever somebody can write. <see cref="Running"/> is under way and stands still.
/// </remarks>
public sealed class SharedServer : IAsyncDisposable
{
    /// <summary>The sample run of the repository: done, eight checkpoints.</summary>
    public const string Sentiment = "sentiment-finetune";

    /// <summary>A job that has reported half of its steps.</summary>
    public const string Running = "running";

    /// <summary>A job whose names, logs and configuration are HTML.</summary>
    public const string Markup = "markup";

    /// <summary>A job that failed.</summary>
    public const string Failed = "failed";

    /// <summary>A job that has reported nothing.</summary>
    public const string Pending = "pending";

    /// <summary>What such names look like.</summary>
    public const string Hostile = "<img src=x onerror=alert(1)>";

    /// <summary>The same, for where it might stand in a script.</summary>
    public const string HostileScript = "</script><script>alert(2)</script>";

    private readonly Lazy<Task<PageServer>> _server = new(StartAsync);

    /// <summary>The three runs of the sample sweep.</summary>
    public static IReadOnlyList<string> SweepJobs { get; } = [.. Samples.Sweep.Select(folder => Path.GetFileName(folder))];

    /// <summary>Real run folders that ../shared has, as jobs of the same names: forked, adapters, without evaluations, and so on.</summary>
    public static IReadOnlyList<string> RealRuns { get; } = SharedMaterial.Root is { } shared && Directory.Exists(Path.Combine(shared, "hf-runs"))
        ? ["gpt2-forked", "gpt2-lora", "gpt2-no-eval", "gpt2-overfit", "gpt2-two-eval-sets", "gpt2-diverged"]
        : [];

    /// <summary>A job of <see cref="RealRuns"/>; skips the test, saying why, where it is not there.</summary>
    public static string RequireRealRun(string name)
    {
        SharedMaterial.Require($"hf-runs/{name}");
        return RealRuns.Single(run => run == name);
    }

    /// <summary>The server, which starts with the first test that asks for it.</summary>
    public Task<PageServer> ServerAsync() => _server.Value;

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated && _server.Value.IsCompletedSuccessfully) await (await _server.Value).DisposeAsync();
    }

    private static async Task<PageServer> StartAsync()
    {
        var server = await PageServer.StartAsync();
        await Seeds.FoldersAsync(server);
        await Seeds.MarkupAsync(server, Markup);
        await Seeds.RunningAsync(server.Api, Running);
        await server.Api.CreateAsync(new { job_id = Failed, job_name = "Ran out of memory", model_name = "gpt2" });
        await server.Api.ReportAsync(Failed, new { step = 10, train_loss = 2.5 });
        await server.Api.ChangeAsync(Failed, new { status = "failed", error = "CUDA out of memory. Tried to allocate 20.00 MiB" });
        await server.Api.CreateAsync(new { job_id = Pending, job_name = "Waits for a machine" });
        return server;
    }
}
