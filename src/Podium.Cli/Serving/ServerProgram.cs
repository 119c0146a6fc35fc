namespace Podium.Cli.Serving;

/// <summary>Finds the executable <c>podium-server</c>.</summary>
internal static class ServerProgram
{
    private const string Project = "Podium.Cli";
    private const string ServerProject = "Podium.Server";

    private static readonly string FileName = OperatingSystem.IsWindows() ? "podium-server.exe" : "podium-server";

    /// <summary>Finds it beside podium, then on PATH, then in the build of the checkout that podium was built in.</summary>
    /// <returns>Its full path; null where it is nowhere.</returns>
    public static string? Find() => Find(AppContext.BaseDirectory, Environment.GetEnvironmentVariable("PATH") ?? "");

    private static string? Find(string own, string path) =>
        Candidates(own, path).FirstOrDefault(File.Exists);

    private static IEnumerable<string> Candidates(string own, string path)
    {
        yield return Path.Combine(own, FileName);
        foreach (var folder in path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            // A relative one would be another folder wherever podium is typed.
            if (Path.IsPathFullyQualified(folder))
                yield return Path.Combine(folder, FileName);
        if (Twin(own) is { } twin) yield return Path.Combine(twin, FileName);
        foreach (var built in BuiltInCheckout(own)) yield return built;
    }

    /// <summary>The server's build that lies as podium's own does: <c>…/Podium.Cli/bin/Debug/net10.0</c> has one at <c>…/Podium.Server/bin/Debug/net10.0</c>.</summary>
    private static string? Twin(string own)
    {
        var parts = own.Split(Path.DirectorySeparatorChar);
        var at = Array.LastIndexOf(parts, Project);
        if (at < 0) return null;
        parts[at] = ServerProject;
        return string.Join(Path.DirectorySeparatorChar, parts);
    }

    /// <summary>Any other build of it in the checkout, the newest first.</summary>
    private static IEnumerable<string> BuiltInCheckout(string own)
    {
        for (var folder = own; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (!File.Exists(Path.Combine(folder, "Podium.slnx"))) continue;
            var builds = Path.Combine(folder, "src", ServerProject, "bin");
            return Directory.Exists(builds) ? Directory.EnumerateFiles(builds, FileName, SearchOption.AllDirectories).OrderByDescending(File.GetLastWriteTimeUtc) : [];
        }

        return [];
    }
}
