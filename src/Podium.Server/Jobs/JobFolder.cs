using Podium.Storage.Jobs;

namespace Podium.Server.Jobs;

/// <summary>Notes in a job's row where its run folder is; a warning that this is not known is settled by it.</summary>
internal static class JobFolder
{
    /// <summary>What a warning about the run folder is known by.</summary>
    public const string Warning = "run-folder";

    /// <summary>Notes a folder that the trainer writes, or that there is none.</summary>
    public static void Set(JobRow row, string? folder)
    {
        // Whoever reaches it may read it, whatever was uploaded before.
        if (row.RunFolder != folder || folder is null) row.RunFolderHost = null;
        row.RunFolder = folder;
        Settle(row);
    }

    /// <summary>Notes the folder of what is uploaded, where the job has no other.</summary>
    /// <param name="row">The job.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="host">The host that has it.</param>
    public static void SetUploads(JobRow row, string folder, string host)
    {
        row.RunFolder ??= folder;
        if (row.RunFolder != folder) return;
        row.RunFolderHost = host;
        Settle(row);
    }

    private static void Settle(JobRow row)
    {
        if (row.WarningCode == Warning) (row.Warning, row.WarningCode) = (null, null);
    }
}
