using Podium.Server.Configuration;
using Podium.Server.MLflow.Calls;
using Podium.Storage;
using Podium.Storage.Jobs;

namespace Podium.Server.Artifacts;

/// <summary>Which host this is among those of one database, and which jobs' uploads lie at another.</summary>
/// <remarks>
/// What is uploaded lies in the data folder: servers with one data folder are one host, which is known by a file in it. A job's
/// uploads lie at the host that took the first of them; others answer from the database, and take none of them.
/// </remarks>
internal sealed class UploadHost(ServerOptions options, PodiumStorage storage)
{
    private const string FileName = "host-id";

    private string? _id;

    /// <summary>This host's name. It is made when it is first asked for.</summary>
    public string Id => _id ??= ReadOrMake(Path.Combine(options.Data, FileName));

    /// <summary>Whether a job's run folder is made of uploads that lie at another host.</summary>
    public bool IsElsewhere(JobRow job) => job.RunFolderHost is { } host && host != Id;

    /// <summary>Sees to it that a job's uploads come here alone.</summary>
    /// <exception cref="MLflowException">They lie at another host.</exception>
    public async Task RequireAsync(string jobId, CancellationToken cancellation)
    {
        if (await storage.Jobs.FindAsync(jobId, cancellation) is not { } job) return;
        if (job is { RunFolder: null, RunFolderHost: null })
        {
            // Two hosts may be asked at once: the database says whose it is.
            await storage.Jobs.ChangeAsync(jobId, row =>
            {
                if (row.RunFolder is null) row.RunFolderHost ??= Id;
                job = row with { };
            });
        }

        Require(job);
    }

    /// <summary>Refuses what must be done where a job's uploads lie.</summary>
    /// <exception cref="MLflowException">They lie at another host.</exception>
    public void Require(JobRow job)
    {
        if (!IsElsewhere(job)) return;
        // Clients try again by themselves: behind a proxy they may reach the other one so.
        throw MLflowException.Elsewhere($"What is uploaded for the run '{job.JobId}' lies at another server of this database, which has another data folder. Send its uploads there, or let the servers share one data folder.");
    }

    private static string ReadOrMake(string file)
    {
        if (File.Exists(file)) return File.ReadAllText(file).Trim();
        var made = $"{file}.{Guid.NewGuid():n}";
        File.WriteAllText(made, $"{Guid.NewGuid():n}\n");
        try
        {
            // In one step, and only where there is none: of several servers that start at once, one makes it.
            File.Move(made, file);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(made);
        }

        return File.ReadAllText(file).Trim();
    }
}
