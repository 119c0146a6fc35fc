namespace Podium.Checkpoints;

/// <summary>Writes what stands in a command so that a POSIX shell takes it as it is: commands that are proposed are copied, and run.</summary>
public static class ShellText
{
    /// <summary>A text as one word of a command.</summary>
    /// <param name="text">Any text.</param>
    public static string Quote(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length > 0 && text.All(IsPlain) ? text : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }

    /// <summary>A path as one word of a command: what begins like an option is still a path.</summary>
    /// <param name="path">A path, whole or from where the command is typed.</param>
    public static string QuotePath(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Quote(path.StartsWith('-') ? $"./{path}" : path);
    }

    private static bool IsPlain(char letter) => char.IsAsciiLetterOrDigit(letter) || "_@%+=:,./-".Contains(letter, StringComparison.Ordinal);
}
