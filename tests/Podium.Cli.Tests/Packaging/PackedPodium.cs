using System.Runtime.InteropServices;

namespace Podium.Cli.Tests.Packaging;

/// <summary>What eng/pack makes, made once for the tests that look at it.</summary>
public sealed class PackedPodium : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Why nothing was packed; null where it was.</summary>
    public string? NotPacked { get; private set; }

    public string Folder => Path.Combine(_folder.Path, "packed");

    public string Tarball => Path.Combine(Folder, "podium-linux-x64.tar.gz");

    public string Wheel => Directory.GetFiles(Folder, "podium-*.whl").ShouldHaveSingleItem();

    public async ValueTask InitializeAsync()
    {
        NotPacked = await WhyNotAsync();
        if (NotPacked is not null) return;

        var pack = Path.Combine(Checkout.Root, "eng", "pack");
        (await ProcessRun.StartAsync(pack, ["--output", Folder], timeout: TimeSpan.FromMinutes(10))).ShouldExitWith(0);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task<string?> WhyNotAsync()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture != Architecture.X64) return "needs Linux on x86-64, which the packed podium is for";
        return await ProcessRun.WorksAsync("python3", "-c", "import ensurepip, venv")
            ? null
            : "needs python3 with venv (Debian: python3-venv), which is not on this machine";
    }
}
