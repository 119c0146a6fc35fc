using Microsoft.Win32.SafeHandles;
using Podium.Checkpoints.Folders;

namespace Podium.Checkpoints.Verification;

/// <summary>What became of reading a file: a value, a fault, or neither where the file is gone.</summary>
/// <param name="Value">What it says.</param>
/// <param name="Fault">Why it says nothing.</param>
internal readonly record struct FileReading<T>(T? Value, ReadFault? Fault)
    where T : class
{
    /// <summary>Whether the file was deleted after it was listed, as the trainer's rotation does.</summary>
    public bool IsGone => Value is null && Fault is null;

    public static FileReading<T> Of(T value) => new(value, null);

    public static FileReading<T> Faulty(string path, string message, long? offset = null) => new(null, new ReadFault(path, message) { Offset = offset });

    /// <summary>The fault of a file that may only not be written to its end yet.</summary>
    public static FileReading<T> Short(string path, string message, long? offset = null) => new(null, new ReadFault(path, message) { Offset = offset, EndedEarly = true });
}

/// <summary>Reads parts of files that others may write or delete meanwhile.</summary>
internal static class FilePart
{
    /// <summary>Opens a file and reads it; what the system refuses is a fault.</summary>
    /// <param name="fullPath">The file.</param>
    /// <param name="path">As faults name it.</param>
    /// <param name="read">Reads it, given its length.</param>
    public static FileReading<T> Open<T>(string fullPath, string path, Func<SafeFileHandle, long, FileReading<T>> read)
        where T : class
    {
        try
        {
            using var handle = SharedFile.Open(fullPath);
            return handle is null ? FileReading<T>.Short(path, "it is empty", 0) : read(handle, RandomAccess.GetLength(handle));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return default;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return FileReading<T>.Faulty(path, $"it cannot be read: {exception.Message}");
        }
    }

    /// <summary>Reads until the target is full or the file ends.</summary>
    /// <returns>How many bytes were there.</returns>
    public static int Fill(SafeFileHandle handle, Span<byte> target, long offset)
    {
        var filled = 0;
        while (filled < target.Length)
        {
            var read = RandomAccess.Read(handle, target[filled..], offset + filled);
            if (read == 0) break;
            filled += read;
        }

        return filled;
    }

    /// <summary>The bytes of a small file, such as a configuration.</summary>
    /// <param name="fullPath">The file.</param>
    /// <param name="path">As faults name it.</param>
    /// <param name="most">Longer ones are a fault.</param>
    public static FileReading<byte[]> Whole(string fullPath, string path, int most) => Open(fullPath, path, (handle, length) =>
    {
        if (length > most) return FileReading<byte[]>.Faulty(path, $"it has {length} bytes; more than {most} are not read");
        var bytes = new byte[length];
        var filled = Fill(handle, bytes, 0);
        return FileReading<byte[]>.Of(filled == length ? bytes : bytes[..filled]);
    });
}
