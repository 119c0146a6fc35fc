using Podium.Server.Tests.Material;

namespace Podium.Server.Tests.Description;

/// <summary>Types that are made of the committed description compile, and so does code that uses them.</summary>
public sealed class TypeScriptTests
{
    [Fact]
    public async Task Types_MadeOfTheDescription_Compile()
    {
        var told = Path.Combine(Checkout.Root, "eng", "typescript");
        // In a copy: a checkout may be read-only, and two test runs may be at it.
        using var folder = new TemporaryFolder();
        var work = Directory.CreateDirectory(Path.Combine(folder.Path, "eng", "typescript")).FullName;
        foreach (var name in (string[])["package.json", "package-lock.json", "tsconfig.json", "use.ts"]) File.Copy(Path.Combine(told, name), Path.Combine(work, name));
        Directory.CreateDirectory(Path.Combine(folder.Path, "docs"));
        File.Copy(Path.Combine(Checkout.Root, "docs", "openapi.json"), Path.Combine(folder.Path, "docs", "openapi.json"));

        var (installed, installing) = await Npm.RunAsync(work, "ci", "--no-audit", "--no-fund", "--prefer-offline");
        if (installed != 0) Assert.Skip($"npm could not install what makes and compiles the types: {installing}");
        var (made, making) = await Npm.RunAsync(work, "run", "types");
        made.ShouldBe(0, making);
        var (compiled, compiling) = await Npm.RunAsync(work, "run", "check");
        compiled.ShouldBe(0, compiling);
    }
}
