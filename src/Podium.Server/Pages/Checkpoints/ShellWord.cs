namespace Podium.Server.Pages.Checkpoints;

/// <summary>Writes what stands in a command so that a shell takes it as it is.</summary>
internal static class ShellWord
{
    /// <summary>A text as one word.</summary>
    public static string Of(string text) =>
        text.Length > 0 && text.All(IsPlain) ? text : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static bool IsPlain(char letter) => char.IsAsciiLetterOrDigit(letter) || "_@%+=:,./-".Contains(letter, StringComparison.Ordinal);
}
