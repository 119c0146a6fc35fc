using System.Reflection;

namespace Podium.Cli.Tests;

/// <summary>The programs that were built with these tests. The build wrote where they lie into this assembly; see the project file.</summary>
internal static class BuiltPrograms
{
    /// <summary>The executable podium.</summary>
    public static string Podium { get; } = Find("PodiumProgram");

    /// <summary>The executable podium-server.</summary>
    public static string Server { get; } = Find("PodiumServerProgram");

    private static string Find(string program)
    {
        var relative = typeof(BuiltPrograms).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == program).Value!;
        var path = Path.GetFullPath(relative, AppContext.BaseDirectory);
        if (OperatingSystem.IsWindows()) path += ".exe";
        return File.Exists(path) ? path : throw new FileNotFoundException($"The build said that a program lies at {path}, and it is not there. Build the solution again.", path);
    }
}
