using System.Text.RegularExpressions;

namespace Podium.Cli.Tests.Packaging;

/// <summary>THIRD-PARTY-NOTICES.txt.</summary>
internal static class Notices
{
    public static string Text { get; } = File.ReadAllText(Path.Combine(Checkout.Root, "THIRD-PARTY-NOTICES.txt"));

    /// <summary>The rows of its table that are about packages.</summary>
    public static IReadOnlyList<Row> Rows { get; } =
    [
        .. Text.Split('\n').SkipWhile(line => !line.StartsWith("  ---", StringComparison.Ordinal)).Skip(1).TakeWhile(line => line.Length > 0)
            // The runtimes are no packages that a project names, and a line that begins further in goes on with the one above.
            .Where(line => line.Length > 2 && (char.IsAsciiLetter(line[2]) || line[2] == '@'))
            .Select(line => Regex.Split(line.Trim(), "  +", RegexOptions.None, TimeSpan.FromSeconds(1)))
            .Select(cells => new Row(cells[0], cells[1], cells[2], cells[3])),
    ];

    /// <summary>A package that ships.</summary>
    /// <param name="Package">Its name.</param>
    /// <param name="In">Where: podium, server or both, or the pages that the server sends.</param>
    /// <param name="Licence">Its licence.</param>
    /// <param name="Copyright">Whose it is.</param>
    internal sealed record Row(string Package, string In, string Licence, string Copyright);
}
