using System.ComponentModel;
using System.Diagnostics;

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

        var (installed, installing) = await NpmAsync(work, "ci", "--no-audit", "--no-fund", "--prefer-offline");
        if (installed != 0) Assert.Skip($"npm could not install what makes and compiles the types: {installing}");
        var (made, making) = await NpmAsync(work, "run", "types");
        made.ShouldBe(0, making);
        var (compiled, compiling) = await NpmAsync(work, "run", "check");
        compiled.ShouldBe(0, compiling);
    }

    private static async Task<(int Code, string Words)> NpmAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("npm", arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            limit.CancelAfter(TimeSpan.FromMinutes(3));
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output + await error);
        }
        catch (Win32Exception)
        {
            Assert.Skip("needs Node.js with npm");
            throw;
        }
    }
}
