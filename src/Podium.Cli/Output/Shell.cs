namespace Podium.Cli.Output;

/// <summary>Text that is to be typed into a shell.</summary>
internal static class Shell
{
    /// <summary>Quotes an argument where a POSIX shell would take it apart.</summary>
    public static string Quote(string argument) =>
        argument.Length > 0 && argument.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_' or '=' or ',' or ':' or '@' or '%' or '+')
            ? argument
            : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
