namespace Podium.Checkpoints.Following;

/// <summary>Tells file systems that report every change from those that report only what this machine did.</summary>
internal static class FileSystemKind
{
    private static readonly string[] Remote =
    [
        "nfs", "cifs", "smb", "9p", "v9fs", "lustre", "ceph", "beegfs", "gpfs", "afs", "coda", "ncp", "novell", "panfs",
        "ocfs2", "gfs", "glusterfs", "orangefs", "pvfs2", "virtiofs", "vboxsf", "prl_fs", "vmhgfs",
    ];

    /// <summary>Why a folder must be polled; null where its file system reports changes.</summary>
    public static string? WhyPolled(string folder)
    {
        try
        {
            var drive = new DriveInfo(Path.GetFullPath(folder));
            var format = drive.DriveFormat;
            return drive.DriveType == DriveType.Network || IsRemote(format) ? $"the file system is {format}, which does not report what other machines write" : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return $"the kind of its file system cannot be told: {exception.Message}";
        }
    }

    /// <summary>Whether other machines may write to a file system of this name.</summary>
    public static bool IsRemote(string format) =>
        // "fuseblk" is a local disk; whatever else is "fuse" may be sshfs or a bucket.
        (format.StartsWith("fuse", StringComparison.Ordinal) && format != "fuseblk")
        || Array.Exists(Remote, name => format.StartsWith(name, StringComparison.Ordinal));
}
