using Podium.Checkpoints.Folders;
using Podium.Checkpoints.RunFolders;
using Podium.Checkpoints.Verification;

namespace Podium.Checkpoints.Retention;

/// <summary>Gathers what the disk says of the checkpoints of a folder.</summary>
internal static class DiskFacts
{
    /// <summary>The facts of each checkpoint, by its path.</summary>
    public static Dictionary<string, CheckpointFacts> Of(FolderContents contents, RunFolder folder, DateTimeOffset now)
    {
        var links = FolderLinks.Within(contents);
        var facts = new Dictionary<string, CheckpointFacts>(StringComparer.Ordinal);
        foreach (var path in folder.Verifications.Keys)
        {
            var entries = contents.At(path);
            var training = TrainingStateFiles.In(contents, path);
            facts.Add(path, new CheckpointFacts
            {
                SizeBytes = entries.Sum(entry => entry.Length),
                IsLink = entries is [{ IsLink: true }],
                IsYoung = entries.Any(entry => Settled.IsYoung(entry.Written, now)),
                LinkedFrom = LinkInto(links, path),
                TrainingStateLinkedFrom = training.Select(part => LinkInto(links, path, part)).FirstOrDefault(link => link is not null),
                HasTrainingState = training.Count > 0,
            });
        }

        return facts;
    }

    /// <summary>A link that leads to a checkpoint, its kept copy or a part of it; its own links apart.</summary>
    private static string? LinkInto(List<(string Link, string Target)> links, string checkpoint, string? part = null)
    {
        var twin = $"{PodiumFolder.Kept}/{checkpoint}";
        foreach (var (link, target) in links)
        {
            if (IsAt(link, checkpoint) || IsAt(link, twin)) continue;
            if (part is null ? IsAt(target, checkpoint) || IsAt(target, twin) : IsAt(target, part)) return link;
        }

        return null;
    }

    private static bool IsAt(string path, string place) => path == place || (path.StartsWith(place, StringComparison.Ordinal) && path[place.Length] == '/');
}
