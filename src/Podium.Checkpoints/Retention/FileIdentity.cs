using System.Runtime.InteropServices;
using System.Text;

namespace Podium.Checkpoints.Retention;

/// <summary>Which file a path names, whatever other names it has.</summary>
/// <param name="Device">The file system.</param>
/// <param name="Inode">The file in it.</param>
/// <param name="Links">How many names it has.</param>
internal readonly record struct FileIdentity(ulong Device, ulong Inode, uint Links)
{
    private const int CurrentFolder = -100;
    private const int DoNotFollow = 0x100;
    private const uint BasicFields = 0x7ff;

    // struct statx is the same on every architecture, which struct stat is not.
    private const int StatxSize = 256;
    private const int LinksAt = 16;
    private const int InodeAt = 32;
    private const int DeviceAt = 136;

    /// <summary>The identity of a file, or of a link itself; null where it is gone or the system has none to tell.</summary>
    public static FileIdentity? Of(string path)
    {
        if (!OperatingSystem.IsLinux()) return null;

        var fields = new byte[StatxSize];
        try
        {
            if (Statx(CurrentFolder, Encoding.UTF8.GetBytes(path + '\0'), DoNotFollow, BasicFields, fields) != 0) return null;
        }
        catch (EntryPointNotFoundException)
        {
            // A C library from before statx.
            return null;
        }

        // Major and minor number stand side by side; nobody here takes them apart.
        return new FileIdentity(BitConverter.ToUInt64(fields, DeviceAt), BitConverter.ToUInt64(fields, InodeAt), BitConverter.ToUInt32(fields, LinksAt));
    }

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Statx(int folder, byte[] path, int flags, uint mask, byte[] fields);
}
