using System.Diagnostics.CodeAnalysis;

namespace Podium.Server.Access;

/// <summary>Where a path leads when every symbolic link on it is followed.</summary>
internal static class RealPath
{
    /// <summary>As many as the kernel follows.</summary>
    private const int MostLinks = 40;

    /// <summary>Follows a path.</summary>
    /// <param name="path">An absolute path.</param>
    /// <param name="real">The same without links. There may be nothing there.</param>
    /// <param name="fault">Why it cannot be followed, in a clause.</param>
    public static bool TryOf(string path, [NotNullWhen(true)] out string? real, [NotNullWhen(false)] out string? fault)
    {
        (real, fault) = (null, null);
        var way = "/";
        var ahead = new Stack<string>();
        Push(ahead, path);
        var links = 0;
        while (ahead.TryPop(out var part))
        {
            if (part is "..")
            {
                way = Path.GetDirectoryName(way) ?? "/";
                continue;
            }

            var next = Path.Join(way, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                way = next;
                continue;
            }

            if (++links > MostLinks)
            {
                fault = "its symbolic links lead in a circle.";
                return false;
            }

            if (Path.IsPathRooted(target)) way = "/";
            Push(ahead, target);
        }

        real = way;
        return true;
    }

    private static void Push(Stack<string> ahead, string path)
    {
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part is not ".").Reverse()) ahead.Push(part);
    }
}
