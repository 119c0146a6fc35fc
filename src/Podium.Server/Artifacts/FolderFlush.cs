using System.Runtime.InteropServices;

namespace Podium.Server.Artifacts;

/// <summary>Brings the names in a folder to disk, for which the framework has no call: a file that was flushed can lose its name all the same.</summary>
internal static class FolderFlush
{
    private const int ReadOnly = 0;

    /// <summary>Flushes a folder and those that it lies in, which may be as new as it is.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="root">Where to end; it is flushed too.</param>
    /// <exception cref="IOException">The disk failed.</exception>
    public static void UpTo(string root, string folder)
    {
        // Windows keeps names with the files' own flush, and opens no folder so.
        if (OperatingSystem.IsWindows()) return;
        for (var at = folder; at is not null && at.Length >= root.Length; at = Path.GetDirectoryName(at)) Flush(at);
    }

    private static void Flush(string folder)
    {
        var file = Open(folder, ReadOnly);
        if (file < 0) throw Failure(folder);
        try
        {
            if (FSync(file) != 0) throw Failure(folder);
        }
        finally
        {
            _ = Close(file);
        }
    }

    private static IOException Failure(string folder) => new($"The folder '{folder}' could not be flushed to disk: {Marshal.GetLastPInvokeErrorMessage()}", Marshal.GetLastPInvokeError());

    [DllImport("libc", EntryPoint = "open", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FSync(int file);

    [DllImport("libc", EntryPoint = "close", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int file);
}
