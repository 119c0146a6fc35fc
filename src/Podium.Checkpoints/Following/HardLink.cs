using System.Runtime.InteropServices;

namespace Podium.Checkpoints.Following;

/// <summary>Gives a file a second name, which the framework has no call for.</summary>
internal static class HardLink
{
    /// <summary>Makes a hard link.</summary>
    /// <param name="existing">The file.</param>
    /// <param name="name">Its second name.</param>
    /// <returns>False where that cannot be: across devices, on file systems without such links, for files that are somebody else's.</returns>
    public static bool TryMake(string existing, string name) =>
        OperatingSystem.IsWindows() ? CreateHardLink(name, existing, 0) : Link(existing, name) == 0;

    [DllImport("libc", EntryPoint = "link", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string existing, [MarshalAs(UnmanagedType.LPUTF8Str)] string name);

    [DllImport("kernel32", EntryPoint = "CreateHardLinkW", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool CreateHardLink([MarshalAs(UnmanagedType.LPWStr)] string name, [MarshalAs(UnmanagedType.LPWStr)] string existing, nint security);
}
