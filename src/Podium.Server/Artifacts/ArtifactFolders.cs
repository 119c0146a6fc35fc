using System.Globalization;
using Podium.Server.Configuration;
using Podium.Storage.Tracking;

namespace Podium.Server.Artifacts;

/// <summary>Where artifacts lie: <c>artifacts/</c> as MLflow names them, and <c>runs/RUN/</c> the checkpoints that came so, as a trainer would have saved them.</summary>
internal sealed class ArtifactFolders
{
    private readonly string _data;
    private readonly string _artifacts;
    private readonly string _runs;

    public ArtifactFolders(ServerOptions options)
    {
        _data = Path.GetFullPath(options.Data);
        _artifacts = Path.Combine(_data, "artifacts");
        _runs = Path.Combine(_data, "runs");
        // On the same disk, so that a finished upload only changes its name.
        Uploads = Path.Combine(_artifacts, ".uploads");
        Replaced = Path.Combine(_artifacts, ".replaced");
    }

    /// <summary>What is being uploaded, each server's in a folder of its own: see <see cref="UploadFolder"/>.</summary>
    public string Uploads { get; }

    /// <summary>Checkpoints that had to make room and were nobody's.</summary>
    public string Replaced { get; }

    /// <summary>Brings the names in a folder to disk, and its own.</summary>
    public void Flush(string folder) => FolderFlush.UpTo(_data, folder);

    /// <summary>The run folder of a job whose checkpoints come as artifacts.</summary>
    public string RunFolderOf(string runId) => Path.Combine(_runs, runId);

    /// <summary>Where the parts of a logged model lie that its flavour calls artifacts: checkpoints among them.</summary>
    public string ContentsOf(LoggedModel model) =>
        Path.Combine(_artifacts, model.ExperimentId.ToString(CultureInfo.InvariantCulture), "models", model.ModelId, "artifacts", "artifacts");

    /// <summary>The file or folder of a path.</summary>
    /// <param name="path">The path.</param>
    /// <param name="model">The model that it is of; null for a run's.</param>
    public string Locate(ArtifactPath path, LoggedModel? model)
    {
        // A checkpoint that has become ready lies in the run folder, unless a later one took its place there a moment ago.
        if (model is { CheckpointPath: { } checkpoint, SourceRunId: { } run } && path.Names.Count > 1 && path.Names[0] == "artifacts" && path.Names[1] == checkpoint
            && Path.Combine(RunFolderOf(run), checkpoint) is var folder && Directory.Exists(folder))
        {
            return Path.Combine([folder, .. path.Names.Skip(2)]);
        }

        return Path.Combine(_artifacts, path.Relative);
    }

    /// <summary>What lies in a folder: folders and files by name. A checkpoint that lies elsewhere is there too.</summary>
    public IEnumerable<ArtifactEntry> List(ArtifactPath path, LoggedModel? model)
    {
        var folder = Locate(path, model);
        List<ArtifactEntry> entries = [];
        if (Directory.Exists(folder))
            foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
                entries.Add(new ArtifactEntry(entry.Name, entry is FileInfo file ? file.Length : null));
        if (model is { CheckpointPath: { } checkpoint, SourceRunId: { } run } && path.Names is ["artifacts"] && Directory.Exists(Path.Combine(RunFolderOf(run), checkpoint)))
            entries.Add(new ArtifactEntry(checkpoint, null));
        return entries.DistinctBy(entry => entry.Name, StringComparer.Ordinal).OrderBy(entry => entry.Name, StringComparer.Ordinal);
    }
}

/// <summary>A file or a folder.</summary>
/// <param name="Name">Its name.</param>
/// <param name="SizeBytes">Its bytes; null for a folder.</param>
internal readonly record struct ArtifactEntry(string Name, long? SizeBytes);
