namespace Podium.Server.Access;

/// <summary>Where a browser is sent after it signed in: to a path of this server and nowhere else.</summary>
internal static class LocalPath
{
    /// <summary>The path if it is one of this server, else the front page.</summary>
    /// <param name="path">What stood in the address, below <c>--path-base</c>.</param>
    public static string OrFront(string? path) => path is not null && IsLocal(path) ? path : "/";

    // Browsers read "//host" and "/\host" as addresses of another server, and pass over tabs and line ends on the way. Other letters
    // than these are encoded in every address that we make.
    private static bool IsLocal(string path) =>
        path is ['/', ..] && path is not ['/', '/' or '\\', ..] && path.All(letter => letter is > ' ' and < '\x7f');
}
