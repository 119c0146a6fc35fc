namespace Podium.Cli.Tests;

/// <summary>The programs that were built with these tests.</summary>
internal static class BuiltPrograms
{
    /// <summary>The executable podium.</summary>
    public static string Podium { get; } = BuiltProgram.Find(typeof(BuiltPrograms).Assembly, "PodiumProgram");

    /// <summary>The executable podium-server.</summary>
    public static string Server { get; } = BuiltProgram.Find(typeof(BuiltPrograms).Assembly, "PodiumServerProgram");
}
