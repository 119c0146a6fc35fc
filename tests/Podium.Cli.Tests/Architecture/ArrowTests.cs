using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Podium.Cli.Tests.Architecture;

/// <summary>The arrows of the design, over the assemblies as they lie beside the two programs: who may use whom.</summary>
public sealed class ArrowTests
{
    private const string Cli = "podium";
    private const string Server = "podium-server";

    /// <summary>Whom each may know. It need not know all of them.</summary>
    private static readonly Dictionary<string, string[]> MayKnow = new(StringComparer.Ordinal)
    {
        ["Podium.Core"] = [],
        ["Podium.Checkpoints"] = ["Podium.Core"],
        ["Podium.Storage"] = ["Podium.Core"],
        ["Podium.Training"] = ["Podium.Core", "Podium.Checkpoints"],
        ["Podium.Deployment"] = ["Podium.Core", "Podium.Checkpoints", "Podium.Training"],
        [Cli] = ["Podium.Core", "Podium.Checkpoints", "Podium.Training"],
        [Server] = ["Podium.Core", "Podium.Checkpoints", "Podium.Storage", "Podium.Training", "Podium.Deployment"],
    };

    /// <summary>What a whole program carries: what one of its parts needs, the program has.</summary>
    private static readonly string[] Databases = ["Dapper", "Npgsql", "Microsoft.Data.Sqlite", "SQLitePCLRaw.core", "SQLitePCLRaw.batteries_v2"];

    [Fact]
    public void Assemblies_KnowOnlyWhomTheyMay()
    {
        foreach (var (assembly, path) in Ours())
        {
            MayKnow.ShouldContainKey(assembly, "A new project: say in the design and here whom it may know.");
            ReferencesOf(path).Where(IsOurs).Except(MayKnow[assembly], StringComparer.Ordinal).ShouldBeEmpty($"{assembly} knows whom it may not.");
        }
    }

    [Fact]
    public void Assemblies_AreAllLookedAt_AndTheirReferencesSeen()
    {
        // Or the test above would show nothing.
        Ours().Select(ours => ours.Name).Distinct().ShouldBeSubsetOf(MayKnow.Keys);
        Ours().Select(ours => ours.Name).ShouldContain("Podium.Storage");
        ReferencesOf(PathOf(BuiltPrograms.Server)).Where(IsOurs).ShouldBe(["Podium.Checkpoints", "Podium.Core", "Podium.Storage"], ignoreOrder: true);
        ReferencesOf(PathOf(BuiltPrograms.Podium)).ShouldContain("Podium.Core");
    }

    [Fact]
    public void Cli_CarriesNeitherServerNorStorageNorADatabase()
    {
        string[] carried = [.. AssembliesBeside(BuiltPrograms.Podium).Select(path => Path.GetFileNameWithoutExtension(path))];

        carried.ShouldContain("Podium.Checkpoints");
        carried.Intersect([Server, "Podium.Storage", "Podium.Deployment", .. Databases], StringComparer.Ordinal).ShouldBeEmpty();
        carried.ShouldAllBe(name => !name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
    }

    [Fact]
    public void Storage_KnowsDatabasesAndNoWeb()
    {
        var known = ReferencesOf(Ours().First(ours => ours.Name == "Podium.Storage").Path);

        known.ShouldContain("Npgsql");
        known.ShouldContain("Microsoft.Data.Sqlite");
        known.ShouldAllBe(name => !name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) && !name.StartsWith("System.Net.Http", StringComparison.Ordinal));
    }

    [Fact]
    public void CoreAndCheckpoints_NeedNothingButTheFramework()
    {
        foreach (var (name, path) in Ours().Where(ours => ours.Name is "Podium.Core" or "Podium.Checkpoints"))
            ReferencesOf(path).ShouldAllBe(known => IsOurs(known) || known.StartsWith("System.", StringComparison.Ordinal) || known == "Microsoft.Win32.Primitives", name);
    }

    private static IEnumerable<(string Name, string Path)> Ours() =>
        AssembliesBeside(BuiltPrograms.Podium).Concat(AssembliesBeside(BuiltPrograms.Server)).Select(path => (Path.GetFileNameWithoutExtension(path), path)).Where(found => IsOurs(found.Item1));

    private static string[] AssembliesBeside(string program) => Directory.GetFiles(Path.GetDirectoryName(program)!, "*.dll");

    private static string PathOf(string program) => $"{(OperatingSystem.IsWindows() ? Path.ChangeExtension(program, null) : program)}.dll";

    private static bool IsOurs(string assembly) => assembly is Cli or Server || assembly.StartsWith("Podium.", StringComparison.Ordinal);

    /// <summary>The assemblies that one was compiled against and uses, from its metadata: it is not loaded.</summary>
    private static string[] ReferencesOf(string path)
    {
        using var file = File.OpenRead(path);
        using var image = new PEReader(file);
        var metadata = image.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }
}
