using Microsoft.Win32.SafeHandles;

namespace Podium.Checkpoints.Folders;

/// <summary>Opens files that a trainer may write or delete meanwhile.</summary>
/// <remarks>
/// An empty one is not opened. There is nothing to read in it; and a pipe, which is as empty, would hold up whoever opens it
/// until somebody writes into it.
/// </remarks>
internal static class SharedFile
{
    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Null where it is empty.</returns>
    /// <exception cref="FileNotFoundException">It is gone.</exception>
    /// <exception cref="IOException">The system refuses it.</exception>
    public static SafeFileHandle? Open(string path) =>
        IsEmpty(path) ? null : File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>Opens a file to be read from its beginning to its end.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bufferSize">How much is read ahead; 0 for whoever has a buffer of his own.</param>
    /// <returns>The file; a stream without a byte where it is empty.</returns>
    /// <exception cref="FileNotFoundException">It is gone.</exception>
    /// <exception cref="IOException">The system refuses it.</exception>
    public static Stream OpenStream(string path, int bufferSize = 0) =>
        IsEmpty(path) ? Stream.Null : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize, FileOptions.SequentialScan);

    private static bool IsEmpty(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists) return false;
        return (file.Attributes.HasFlag(FileAttributes.ReparsePoint) ? file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file : file).Length == 0;
    }
}
