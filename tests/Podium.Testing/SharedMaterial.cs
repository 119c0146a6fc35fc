using Xunit;

namespace Podium.Testing;

/// <summary>The real run folders and golden results that lie beside the repository in ../shared, and never in it.</summary>
public static class SharedMaterial
{
    /// <summary>The folder, or null where this checkout has none beside it. PODIUM_SHARED names another.</summary>
    public static string? Root { get; } = Find();

    /// <summary>A path in it; skips the test, saying why, where it is not there.</summary>
    public static string Require(string relativePath)
    {
        var path = Root is null ? null : Path.Combine(Root, relativePath);
        if (path is null || !Path.Exists(path))
            Assert.Skip($"needs ../shared/{relativePath}, which is not beside this checkout");

        return path;
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("PODIUM_SHARED") is { Length: > 0 } named) return Directory.Exists(named) ? named : null;
        var beside = Path.Combine(Checkout.Root, "..", "shared");
        return Directory.Exists(beside) ? Path.GetFullPath(beside) : null;
    }
}
