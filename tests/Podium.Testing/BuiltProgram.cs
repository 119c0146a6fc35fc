using System.Reflection;

namespace Podium.Testing;

/// <summary>The programs that were built with a test project. The build wrote where they lie into the tests' assembly; see Directory.Build.targets.</summary>
public static class BuiltProgram
{
    /// <summary>The path of a program.</summary>
    /// <param name="tests">The assembly whose project references it.</param>
    /// <param name="program">PodiumProgram or PodiumServerProgram.</param>
    public static string Find(Assembly tests, string program)
    {
        var relative = tests.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == program).Value!;
        var path = Path.GetFullPath(relative, AppContext.BaseDirectory);
        if (OperatingSystem.IsWindows()) path += ".exe";
        return File.Exists(path) ? path : throw new FileNotFoundException($"The build said that a program lies at {path}, and it is not there. Build the solution again.", path);
    }
}
