using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Podium.Cli.Tests.Packaging;

[Trait("Category", "Slow")]
public sealed class PackTests(PackedPodium packed) : IClassFixture<PackedPodium>
{
    [Fact]
    public async Task Tarball_MatchesTheHashBesideIt()
    {
        SkipUnlessPacked();
        await using var tarball = File.OpenRead(packed.Tarball);
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(tarball, TestContext.Current.CancellationToken));

        // The two spaces and the bare name are what `sha256sum -c` reads in that folder.
        File.ReadAllText(packed.Tarball + ".sha256").ShouldBe($"{hash}  podium-linux-x64.tar.gz\n");
    }

    [Fact]
    public async Task Tarball_HoldsOneProgramAndItsLicences_AndItRuns()
    {
        SkipUnlessPacked();
        using var folder = new TemporaryFolder();
        await using (var tarball = File.OpenRead(packed.Tarball))
        await using (var unzipped = new GZipStream(tarball, CompressionMode.Decompress))
            await TarFile.ExtractToDirectoryAsync(unzipped, folder.Path, overwriteFiles: false, TestContext.Current.CancellationToken);

        var unpacked = Path.Combine(folder.Path, "podium-linux-x64");
        Directory.GetFileSystemEntries(unpacked).Select(Path.GetFileName).ShouldBe(
            ["podium", "LICENSE", "THIRD-PARTY-NOTICES.txt", "DOTNET-THIRD-PARTY-NOTICES.txt"], ignoreOrder: true);

        var program = Path.Combine(unpacked, "podium");
        (await VersionAsync(program)).ShouldBe(await BuiltVersionAsync());
    }

    [Fact]
    public async Task Wheel_InstallsOfflineInAFreshEnvironment_RunsAndLeavesNothing()
    {
        SkipUnlessPacked();
        using var folder = new TemporaryFolder();
        var environment = Path.Combine(folder.Path, "venv");
        (await ProcessRun.StartAsync("python3", ["-m", "venv", environment])).ShouldExitWith(0);
        var python = Path.Combine(environment, "bin", "python");
        var podium = Path.Combine(environment, "bin", "podium");

        await PipAsync(python, "install", "--no-index", "--no-deps", packed.Wheel);
        File.Exists(podium).ShouldBeTrue();
        (await VersionAsync(podium)).ShouldBe(await BuiltVersionAsync());
        await PipAsync(python, "check");

        await PipAsync(python, "uninstall", "--yes", "podium");
        File.Exists(podium).ShouldBeFalse();
        Directory.GetFileSystemEntries(environment, "podium*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task Wheel_FromTheSameProgram_IsTheSameToTheByte()
    {
        SkipUnlessPacked();
        using var folder = new TemporaryFolder();
        var script = Path.Combine(Checkout.Root, "python", "build_wheel.py");
        var licence = Path.Combine(Checkout.Root, "LICENSE");
        var wheels = new List<byte[]>();
        foreach (var name in new[] { "first", "second" })
        {
            var output = Path.Combine(folder.Path, name);
            var made = await ProcessRun.StartAsync(
                "python3",
                [script, "--program", PodiumProcess.Executable, "--version", "1.2.3", "--licence", licence, "--epoch", "1700000000", "--output", output]);
            made.ShouldExitWith(0);
            wheels.Add(await File.ReadAllBytesAsync(made.Output.Trim(), TestContext.Current.CancellationToken));
        }

        wheels[1].ShouldBe(wheels[0]);
    }

    private static async Task PipAsync(string python, params string[] arguments) =>
        (await ProcessRun.StartAsync(python, ["-m", "pip", "--disable-pip-version-check", "--no-input", .. arguments])).ShouldExitWith(0);

    private static async Task<string> VersionAsync(string program) =>
        (await ProcessRun.StartAsync(program, ["--version"])).ShouldExitWith(0).Output.Trim();

    private static async Task<string> BuiltVersionAsync() => (await PodiumProcess.RunAsync("--version")).ShouldExitWith(0).Output.Trim();

    private void SkipUnlessPacked()
    {
        if (packed.NotPacked is { } reason) Assert.Skip(reason);
    }
}
