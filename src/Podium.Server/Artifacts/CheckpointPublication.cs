using Podium.Checkpoints.Folders;
using Podium.Checkpoints.RunFolders;
using Podium.Ranking;
using Podium.Server.Jobs;
using Podium.Storage;
using Podium.Storage.Jobs;
using Podium.Storage.Tracking;

namespace Podium.Server.Artifacts;

/// <summary>Makes a checkpoint of the job of what was uploaded as a logged model, once that is all there.</summary>
/// <remarks>
/// Its folder is moved into the run folder of the job, in one step, so that nobody ever sees half of one there. The database says
/// first whose files the run folder has; where a crash comes between, they are looked for at both places, and the next try ends it.
/// </remarks>
internal sealed class CheckpointPublication(PodiumStorage storage, ArtifactFolders folders, UploadHost host, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Reports the checkpoints that a model holds; a model that holds none is only a model.</summary>
    public async Task PublishAsync(LoggedModel model, string actor, CancellationToken cancellation)
    {
        if (model.SourceRunId is not { } run) return;
        await _one.WaitAsync(cancellation);
        try
        {
            if (await storage.Jobs.FindAsync(run, cancellation) is not { } job) return;
            host.Require(job);
            var folder = folders.RunFolderOf(run);
            // A run folder that the trainer writes itself has the checkpoint already.
            if (job.RunFolder is { } known && known != folder) return;
            foreach (var name in CheckpointsIn(folders.ContentsOf(model), model.CheckpointPath, folder))
            {
                await MoveAsync(model, run, name, folder, cancellation);
                await ReportAsync(run, name, folder, actor, cancellation);
            }
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    /// <summary>The checkpoint among a model's parts; also one that was moved before, where this is another try.</summary>
    private static string[] CheckpointsIn(string contents, string? moved, string folder)
    {
        if (Directory.Exists(contents))
            foreach (var name in Directory.EnumerateDirectories(contents).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal))
                if (CheckpointName.TryParse(name, out var parsed) && parsed is { IsCertain: true, IsTemporary: false })
                    return [name];

        return moved is not null && Directory.Exists(Path.Combine(folder, moved)) ? [moved] : [];
    }

    private async Task MoveAsync(LoggedModel model, string run, string name, string folder, CancellationToken cancellation)
    {
        var (from, to) = (Path.Combine(folders.ContentsOf(model), name), Path.Combine(folder, name));
        if (!Directory.Exists(from)) return;
        if (Directory.Exists(to))
        {
            // A training that was resumed saves a step again. The older model keeps its files.
            var holder = await storage.Tracking.Models.FindHolderAsync(run, name, cancellation);
            var back = holder is null || holder.ModelId == model.ModelId ? Path.Combine(folders.Replaced, Guid.NewGuid().ToString("n")) : Path.Combine(folders.ContentsOf(holder), name);
            Directory.CreateDirectory(Path.GetDirectoryName(back)!);
            Directory.Move(to, back);
            folders.Flush(Path.GetDirectoryName(back)!);
        }

        Directory.CreateDirectory(folder);
        await storage.Tracking.Models.HoldCheckpointAsync(model.ModelId, run, name);
        Directory.Move(from, to);
        folders.Flush(folder);
    }

    private async Task ReportAsync(string run, string name, string folder, string actor, CancellationToken cancellation)
    {
        // The whole folder is read: that a file is too small is seen by its siblings.
        var read = RunFolderReader.Read(folder, new ReadOptions { Time = time }, cancellation);
        var found = read.Runs.SelectMany(one => one.Run.Checkpoints).FirstOrDefault(checkpoint => checkpoint.Path == name);
        // One that cannot be read is reported all the same, if only by its name.
        if ((found?.Step ?? (CheckpointName.TryParse(name, out var named) ? named.Step : null)) is not { } step) return;
        await storage.Jobs.SaveCheckpointAsync(new CheckpointRow
        {
            JobId = run,
            Path = name,
            Step = step,
            Epoch = found?.Epoch,
            SizeBytes = found?.SizeBytes,
            State = (found?.State ?? CheckpointState.Damaged).Spelling(),
            CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
        }, actor);
        await storage.Jobs.ChangeAsync(run, row => JobFolder.SetUploads(row, folder, host.Id), actor);
    }
}
