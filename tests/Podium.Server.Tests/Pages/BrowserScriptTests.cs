using Podium.Server.Tests.Material;

namespace Podium.Server.Tests.Pages;

/// <summary>The scripts of the pages: the build has bundled them, which asks nothing of their types.</summary>
public sealed class BrowserScriptTests
{
    private static readonly string Folder = Path.Combine(Checkout.Root, "src", "Podium.Server", "Browser");

    [Fact]
    public async Task Scripts_OfThePages_AreSoundInTheirTypes()
    {
        var (code, words) = await Npm.RunAsync(Folder, "run", "check");
        code.ShouldBe(0, words);
    }

    [Fact]
    public async Task Scripts_OfThePages_PassTheirOwnTests()
    {
        var (code, words) = await Npm.RunAsync(Folder, "test");
        code.ShouldBe(0, words);
        words.ShouldContain("# fail 0");
        words.ShouldNotContain("# pass 0\n");
    }
}
