using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Podium.Cli.Tests.Packaging;

/// <summary>What eng/pack makes, made once for the tests that look at it.</summary>
public sealed class PackedPodium : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Why nothing was packed; null where it was.</summary>
    public string? NotPacked { get; private set; }

    /// <summary>What eng/pack said.</summary>
    public string Told { get; private set; } = "";

    public string Folder => Path.Combine(_folder.Path, "packed");

    public string Tarball => Path.Combine(Folder, "podium-linux-x64.tar.gz");

    public string Wheel => Directory.GetFiles(Folder, "podium-*.whl").ShouldHaveSingleItem();

    public string ServerWheel => Directory.GetFiles(Folder, "podium_server-*.whl").ShouldHaveSingleItem();

    /// <summary>The tarball's one folder, unpacked.</summary>
    public string Unpacked => Path.Combine(_folder.Path, "unpacked", "podium-linux-x64");

    public async ValueTask InitializeAsync()
    {
        NotPacked = await WhyNotAsync();
        if (NotPacked is not null) return;

        var pack = Path.Combine(Checkout.Root, "eng", "pack");
        Told = (await ProcessRun.StartAsync(pack, ["--output", Folder], timeout: TimeSpan.FromMinutes(15))).ShouldExitWith(0).Output;

        var unpacked = Directory.CreateDirectory(Path.Combine(_folder.Path, "unpacked")).FullName;
        await using var tarball = File.OpenRead(Tarball);
        await using var unzipped = new GZipStream(tarball, CompressionMode.Decompress);
        await TarFile.ExtractToDirectoryAsync(unzipped, unpacked, overwriteFiles: false);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Skips the test where nothing was packed.</summary>
    public void Require()
    {
        if (NotPacked is { } reason) Assert.Skip(reason);
    }

    private static async Task<string?> WhyNotAsync()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture != System.Runtime.InteropServices.Architecture.X64) return "needs Linux on x86-64, which the packed podium is for";
        return await ProcessRun.WorksAsync("python3", "-c", "import ensurepip, venv")
            ? null
            : "needs python3 with venv (Debian: python3-venv), which is not on this machine";
    }
}
