using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Podium.Checkpoints.RunFolders;
using Podium.Ranking;

namespace Podium.Checkpoints.Tests.Architecture;

/// <summary>The arrows of the design: who may use whom, and what the core may not touch at all.</summary>
public sealed class ReferenceTests
{
    private static readonly Assembly Core = typeof(Ranker).Assembly;
    private static readonly Assembly Checkpoints = typeof(RunFolderReader).Assembly;

    /// <summary>What reaches the world outside: namespaces, or single types.</summary>
    private static readonly string[] Outside =
    [
        "System.IO", "System.Net", "System.Console", "System.Diagnostics.Process", "System.Diagnostics.Stopwatch", "System.Environment",
        "System.TimeProvider", "System.Threading.Timer", "System.Threading.Thread", "System.Threading.Tasks", "System.Reflection", "System.Runtime.Loader", "Microsoft.Win32",
    ];

    /// <summary>Members of types that are otherwise harmless.</summary>
    private static readonly string[] Clocks =
    [
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today", "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow", "System.Guid.NewGuid", "System.Random.get_Shared",
    ];

    private static string[] ReferencesOf(Assembly assembly) => [.. assembly.GetReferencedAssemblies().Select(name => name.Name!).Order(StringComparer.Ordinal)];

    private static bool IsOfTheFramework(string name) => name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard" or "Microsoft.Win32.Primitives";

    [Fact]
    public void Core_KnowsNobody()
    {
        ReferencesOf(Core).ShouldAllBe(name => IsOfTheFramework(name));
        ReferencesOf(Core).ShouldAllBe(name => name != "System.Console" && !name.StartsWith("System.Net", StringComparison.Ordinal) && !name.StartsWith("System.IO", StringComparison.Ordinal) && !name.StartsWith("System.Diagnostics.Process", StringComparison.Ordinal));
    }

    [Fact]
    public void Checkpoints_KnowsCoreAlone() =>
        ReferencesOf(Checkpoints).Where(name => !IsOfTheFramework(name)).ShouldBe([Core.GetName().Name!]);

    [Fact]
    public void Checkpoints_TalksToNobody() =>
        ReferencesOf(Checkpoints).ShouldAllBe(name => name != "System.Console" && !name.StartsWith("System.Net", StringComparison.Ordinal) && name != "System.Diagnostics.Process");

    [Fact]
    public void Core_ReachesNoFileNoClockAndNoThread()
    {
        var (types, members) = UsedBy(Core);

        types.ShouldContain("System.Double");
        types.Where(type => Array.Exists(Outside, outside => type == outside || type.StartsWith(outside + ".", StringComparison.Ordinal)))
            .Where(type => !type.StartsWith("System.Reflection.Assembly", StringComparison.Ordinal) && type is not ("System.Reflection.DefaultMemberAttribute" or "System.Reflection.MemberInfo"))
            .ShouldBeEmpty();
        members.Intersect(Clocks, StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public void Checkpoints_TakesItsClockFromOutside() =>
        UsedBy(Checkpoints).Members.Intersect(Clocks, StringComparer.Ordinal).ShouldBeEmpty();

    [Fact]
    public void UsedBy_ThisAssembly_SeesFiles()
    {
        // Or the test above would show nothing.
        var (types, members) = UsedBy(typeof(ReferenceTests).Assembly);

        types.ShouldContain("System.IO.File");
        types.ShouldContain("System.TimeProvider");
        members.ShouldContain("System.Guid.NewGuid");
    }

    /// <summary>The types and members outside an assembly that its code names, from its metadata.</summary>
    private static (HashSet<string> Types, HashSet<string> Members) UsedBy(Assembly assembly)
    {
        using var file = File.OpenRead(assembly.Location);
        using var image = new PEReader(file);
        var metadata = image.GetMetadataReader();
        var types = new HashSet<string>(StringComparer.Ordinal);
        foreach (var handle in metadata.TypeReferences) types.Add(NameOf(metadata, handle));
        var members = new HashSet<string>(StringComparer.Ordinal);
        foreach (var handle in metadata.MemberReferences)
            if (metadata.GetMemberReference(handle) is var member && member.Parent.Kind == HandleKind.TypeReference)
                members.Add($"{NameOf(metadata, (TypeReferenceHandle)member.Parent)}.{metadata.GetString(member.Name)}");

        return (types, members);
    }

    private static string NameOf(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        var within = metadata.GetString(type.Namespace);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{NameOf(metadata, (TypeReferenceHandle)type.ResolutionScope)}.{metadata.GetString(type.Name)}"
            : within.Length == 0 ? metadata.GetString(type.Name) : $"{within}.{metadata.GetString(type.Name)}";
    }
}
