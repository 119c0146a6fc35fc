using System.Text.Json;
using System.Xml.Linq;

namespace Podium.Cli.Tests.Packaging;

/// <summary>What ships of others is named, with its licence.</summary>
public sealed class NoticesTests
{
    [Fact]
    public void Notices_NameEveryPackageOfPodium_AndNoOther() => NamedFor("podium").ShouldBe(PackagesOf(BuiltPrograms.Podium));

    [Fact]
    public void Notices_NameEveryPackageOfTheServer_AndNoOther() => NamedFor("server").ShouldBe(PackagesOf(BuiltPrograms.Server));

    [Fact]
    public void Notices_NameEveryPackageOfThePages_WithItsLicence_AndNoOther()
    {
        var browser = Path.Combine(Checkout.Root, "src", "Podium.Server", "Browser");
        using var named = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(browser, "package.json")));
        using var locked = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(browser, "package-lock.json")));
        var packages = locked.RootElement.GetProperty("packages");
        Notices.Rows.Where(row => row.In == "pages").Select(row => (row.Package, row.Licence)).Order().ShouldBe(
            named.RootElement.GetProperty("dependencies").EnumerateObject()
                .Select(package => (package.Name, packages.GetProperty($"node_modules/{package.Name}").GetProperty("license").GetString()!)).Order());
    }

    [Fact]
    public void Notices_HaveTheLicenceThatThePackageNames()
    {
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        if (!Directory.Exists(packages)) Assert.Skip("needs the folder of restored packages, which is not where NuGet has it");

        var told = Notices.Rows.ToDictionary(row => row.Package, row => row.Licence, StringComparer.Ordinal);
        foreach (var (name, version) in Libraries(BuiltPrograms.Podium).Concat(Libraries(BuiltPrograms.Server)).Distinct())
        {
            var id = name.ToLowerInvariant();
            var licence = XDocument.Load(Path.Combine(packages, id, version.ToLowerInvariant(), $"{id}.nuspec")).Descendants().Single(element => element.Name.LocalName == "license");
            // SQLite's package has a file that says the same.
            var named = licence.Attribute("type")!.Value == "expression" ? licence.Value : "public domain";
            told[name].ShouldBe(named, name);
        }
    }

    [Fact]
    public void Notices_HoldTheTextOfEachLicence()
    {
        Notices.Rows.Select(row => row.Licence).Distinct().Order(StringComparer.Ordinal).ShouldBe(["Apache-2.0", "MIT", "PostgreSQL", "public domain"]);
        foreach (var words in (string[])["Permission is hereby granted, free of charge", "END OF TERMS AND CONDITIONS", "IN NO EVENT SHALL NPGSQL BE LIABLE", "SQLite is Public Domain", "Redistributions in binary form must reproduce"])
            Notices.Text.ShouldContain(words);
    }

    private static string[] NamedFor(string program) => [.. Notices.Rows.Where(row => row.In == program || row.In == "both").Select(row => row.Package).Order(StringComparer.Ordinal)];

    private static string[] PackagesOf(string program) => [.. Libraries(program).Select(library => library.Name).Order(StringComparer.Ordinal)];

    /// <summary>The packages that a build of a program refers to.</summary>
    private static IEnumerable<(string Name, string Version)> Libraries(string program)
    {
        var path = $"{(OperatingSystem.IsWindows() ? Path.ChangeExtension(program, null) : program)}.deps.json";
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return
        [
            .. document.RootElement.GetProperty("libraries").EnumerateObject()
                .Where(library => library.Value.GetProperty("type").GetString() == "package")
                .Select(library => library.Name.Split('/'))
                .Select(parts => (parts[0], parts[1])),
        ];
    }
}
