namespace Podium.Checkpoints.Verification.Shards;

/// <summary>Writes paths so that a shell takes them as they are.</summary>
internal static class ShellText
{
    /// <summary>A path as one word of a command.</summary>
    public static string Quote(string path)
    {
        // What begins like an option is still a path.
        if (path.StartsWith('-')) path = "./" + path;
        return path.Length > 0 && path.All(IsPlain) ? path : $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }

    private static bool IsPlain(char letter) => char.IsAsciiLetterOrDigit(letter) || "_@%+=:,./-".Contains(letter, StringComparison.Ordinal);
}
