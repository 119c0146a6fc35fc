using Podium.Load.Server;

namespace Podium.PageLoad.Material;

/// <summary>The sample runs of the repository, as jobs of the same names.</summary>
internal static class Sample
{
    /// <summary>Copies a run folder to where the server takes them, and imports it.</summary>
    /// <returns>The job's name.</returns>
    public static async Task<string> ImportAsync(Calls calls, ServerProcess server, string folder)
    {
        var (name, source) = (Path.GetFileName(folder), new DirectoryInfo(folder));
        foreach (var file in source.EnumerateFiles("*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(server.Runs, name, Path.GetRelativePath(folder, file.FullName));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            file.CopyTo(copy);
        }

        await calls.PostAsync("/api/training/local/import", new { path = Path.Combine(server.Runs, name), job_id = name });
        return name;
    }
}
