using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Podium.Cli.Tests.Packaging;

[Trait("Category", "Slow")]
public sealed class PackTests(PackedPodium packed) : IClassFixture<PackedPodium>
{
    [Fact]
    public async Task Tarball_MatchesTheHashBesideIt()
    {
        packed.Require();
        await using var tarball = File.OpenRead(packed.Tarball);
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(tarball, TestContext.Current.CancellationToken));

        // The two spaces and the bare name are what `sha256sum -c` reads in that folder.
        File.ReadAllText(packed.Tarball + ".sha256").ShouldBe($"{hash}  podium-linux-x64.tar.gz\n");
    }

    [Fact]
    public async Task Tarball_HoldsBothProgramsAndTheLicences_AndTheyRun()
    {
        packed.Require();
        Directory.GetFileSystemEntries(packed.Unpacked).Select(Path.GetFileName).ShouldBe(
            ["podium", "podium-server", "libe_sqlite3.so", "podium-server.service", "LICENSE", "THIRD-PARTY-NOTICES.txt", "DOTNET-THIRD-PARTY-NOTICES.txt", "ASPNETCORE-THIRD-PARTY-NOTICES.txt"],
            ignoreOrder: true);

        foreach (var program in new[] { "podium", "podium-server" })
            (await VersionAsync(Path.Combine(packed.Unpacked, program))).ShouldBe(await BuiltVersionAsync());
    }

    [Fact]
    public async Task Tarball_EveryoneMayReadWhatRootUnpacked()
    {
        packed.Require();
        await using var tarball = File.OpenRead(packed.Tarball);
        await using var unzipped = new GZipStream(tarball, CompressionMode.Decompress);
        await using var reader = new TarReader(unzipped);
        while (await reader.GetNextEntryAsync(cancellationToken: TestContext.Current.CancellationToken) is { } entry)
            entry.Mode.HasFlag(UnixFileMode.OtherRead).ShouldBeTrue(entry.Name);
    }

    [Fact]
    public Task Tarball_PodiumServe_StartsTheServerBesideIt()
    {
        packed.Require();
        return PackedServer.ShouldWorkAsync(Path.Combine(packed.Unpacked, "podium"));
    }

    [Fact]
    public async Task Tarball_Unit_StartsTheServerFromWhereItSaysToUnpackIt()
    {
        packed.Require();
        if (!await ProcessRun.WorksAsync("systemd-analyze", "--version")) Assert.Skip("needs systemd-analyze (Debian: systemd), which is not on this machine");
        using var root = new TemporaryFolder();
        var opt = Path.Combine(root.Path, "opt", "podium");
        Directory.CreateDirectory(Path.GetDirectoryName(opt)!);
        (await ProcessRun.StartAsync("cp", ["-r", packed.Unpacked, opt])).ShouldExitWith(0);
        var units = Directory.CreateDirectory(Path.Combine(root.Path, "etc", "systemd", "system")).FullName;
        File.Copy(Path.Combine(opt, "podium-server.service"), Path.Combine(units, "podium-server.service"));

        var verified = await ProcessRun.StartAsync("systemd-analyze", ["verify", "--root", root.Path, "--recursive-errors=no", "podium-server.service"]);

        // Units of the system itself are not in that folder: only what is said of ours counts.
        verified.Error.Split('\n').Where(line => line.Contains("podium-server", StringComparison.Ordinal)).ShouldBeEmpty(verified.Describe());
    }

    [Fact]
    public async Task Wheel_InstallsOfflineInAFreshEnvironment_RunsAndLeavesNothing()
    {
        packed.Require();
        using var folder = new TemporaryFolder();
        var (environment, python, podium) = await EnvironmentAsync(folder);

        await PipAsync(python, "install", "--no-index", "--no-deps", packed.Wheel);
        File.Exists(podium).ShouldBeTrue();
        (await VersionAsync(podium)).ShouldBe(await BuiltVersionAsync());
        await PipAsync(python, "check");
        var alone = await ProcessRun.StartAsync(podium, ["serve"], environment: new Dictionary<string, string?>(StringComparer.Ordinal) { ["PATH"] = "/usr/bin:/bin" });
        alone.ShouldExitWith(1).Error.ShouldContain("podium-server");

        await PipAsync(python, "uninstall", "--yes", "podium");
        File.Exists(podium).ShouldBeFalse();
        Directory.GetFileSystemEntries(environment, "podium*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task Wheels_InOneEnvironment_PodiumServeStartsTheServer_AndTheyLeaveNothing()
    {
        packed.Require();
        using var folder = new TemporaryFolder();
        var (environment, python, podium) = await EnvironmentAsync(folder);

        await PipAsync(python, "install", "--no-index", packed.Wheel, packed.ServerWheel);
        await PipAsync(python, "check");
        (await VersionAsync(Path.Combine(environment, "bin", "podium-server"))).ShouldBe(await BuiltVersionAsync());
        await PackedServer.ShouldWorkAsync(podium);

        await PipAsync(python, "uninstall", "--yes", "podium", "podium-server");
        Directory.GetFileSystemEntries(environment, "podium*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task Wheels_AskForNoNewerLibcThanTheirNamesPromise()
    {
        packed.Require();
        foreach (var wheel in new[] { packed.Wheel, packed.ServerWheel })
        {
            var promised = int.Parse(Regex.Match(wheel, @"(?<=manylinux_2_)\d+(?=_x86_64\.whl$)", RegexOptions.None, TimeSpan.FromSeconds(1)).Value, CultureInfo.InvariantCulture);
            var asked = 0;
            await using var archive = await ZipFile.OpenReadAsync(wheel, TestContext.Current.CancellationToken);
            foreach (var entry in archive.Entries) asked = Math.Max(asked, await NewestLibcAsync(entry));

            asked.ShouldBe(promised, wheel);
        }
    }

    [Theory]
    [InlineData("podium", "podium")]
    [InlineData("podium-server", "podium-server", "libe_sqlite3.so")]
    public async Task Wheel_FromTheSameFiles_IsTheSameToTheByte(string name, params string[] files)
    {
        packed.Require();
        using var folder = new TemporaryFolder();
        var script = Path.Combine(Checkout.Root, "python", "build_wheel.py");
        var licence = Path.Combine(Checkout.Root, "LICENSE");
        string[] given = [.. files.Select(file => $"--file={folder.Write(file, $"The file {file}.")}")];
        var wheels = new List<byte[]>();
        foreach (var output in new[] { "first", "second" })
        {
            var made = await ProcessRun.StartAsync(
                "python3",
                [script, "--name", name, .. given, "--version", "1.2.3", "--licence", licence, "--epoch", "1700000000", "--output", Path.Combine(folder.Path, output)]);
            made.ShouldExitWith(0);
            wheels.Add(await File.ReadAllBytesAsync(made.Output.Trim(), TestContext.Current.CancellationToken));
        }

        wheels[1].ShouldBe(wheels[0]);
    }

    [Fact]
    public void Pack_TellsTheSizeOfEachFile()
    {
        packed.Require();
        foreach (var made in new[] { packed.Tarball, packed.Wheel, packed.ServerWheel, Path.Combine(packed.Unpacked, "podium"), Path.Combine(packed.Unpacked, "podium-server") })
            packed.Told.ShouldMatch($@"(?m)^ *{new FileInfo(made).Length}  .*{Regex.Escape(Path.GetFileName(made))}");
    }

    private static async Task<(string Folder, string Python, string Podium)> EnvironmentAsync(TemporaryFolder folder)
    {
        var environment = Path.Combine(folder.Path, "venv");
        (await ProcessRun.StartAsync("python3", ["-m", "venv", environment])).ShouldExitWith(0);
        return (environment, Path.Combine(environment, "bin", "python"), Path.Combine(environment, "bin", "podium"));
    }

    /// <summary>The newest version of the C library whose symbols a file names: the 34 of 2.34; 0 for a file that is no program.</summary>
    private static async Task<int> NewestLibcAsync(ZipArchiveEntry entry)
    {
        await using var stream = await entry.OpenAsync(TestContext.Current.CancellationToken);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, TestContext.Current.CancellationToken);
        if (!bytes.GetBuffer().AsSpan(0, (int)bytes.Length).StartsWith("\u007fELF"u8)) return 0;
        var text = Encoding.Latin1.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
        return Regex.Matches(text, @"(?<=GLIBC_2\.)\d+", RegexOptions.None, TimeSpan.FromMinutes(1)).Max(match => int.Parse(match.Value, CultureInfo.InvariantCulture));
    }

    private static async Task PipAsync(string python, params string[] arguments) =>
        (await ProcessRun.StartAsync(python, ["-m", "pip", "--disable-pip-version-check", "--no-input", .. arguments])).ShouldExitWith(0);

    private static async Task<string> VersionAsync(string program) =>
        (await ProcessRun.StartAsync(program, ["--version"])).ShouldExitWith(0).Output.Trim();

    private static async Task<string> BuiltVersionAsync() => (await PodiumProcess.RunAsync("--version")).ShouldExitWith(0).Output.Trim();
}
