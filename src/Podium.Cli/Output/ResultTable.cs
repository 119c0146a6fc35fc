using System.Globalization;
using Spectre.Console;

namespace Podium.Cli.Output;

/// <summary>A table that can be printed for people, for spreadsheets and for documents.</summary>
internal sealed class ResultTable(params ResultColumn[] columns)
{
    private const int Gap = 2;

    private readonly List<(Cell[] Cells, Style? Style)> _rows = [];

    /// <summary>Adds a row.</summary>
    public void Add(Style? style, params Cell[] cells) => _rows.Add((cells, style));

    /// <summary>Prints it to stdout in a format that is not JSON.</summary>
    public void Write(OutputFormat format)
    {
        if (format == OutputFormat.Csv) WriteCsv(Console.Out);
        else if (format == OutputFormat.Markdown) WriteMarkdown(Console.Out);
        else WriteTable(Terminal.Out);
    }

    /// <summary>Prints it for people; a column marked as wide gives way where the terminal is narrow.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="rows">How many rows to print at most.</param>
    public void WriteTable(IAnsiConsole console, int rows = int.MaxValue)
    {
        var shown = _rows.Take(rows).ToArray();
        var width = console.Profile.Width;
        var drawn = new Table { Border = TableBorder.None, ShowHeaders = true };
        var kept = KeptColumns(shown, width);
        var spare = width - kept.Sum(column => WidthOf(shown, column));
        foreach (var column in kept)
        {
            drawn.AddColumn(new TableColumn(new Text(columns[column].Header, Terminal.Quiet))
            {
                Alignment = columns[column].IsNumber ? Justify.Right : Justify.Left,
                NoWrap = true,
                Padding = new Padding(0, 0, Gap, 0),
            });
        }

        foreach (var (cells, style) in shown) drawn.AddRow(kept.Select(column => new Text(Shortened(column, cells[column].Shown), style)));
        console.Write(drawn);

        // Of a path that is too long the end tells more than the beginning.
        string Shortened(int column, string text)
        {
            var room = columns[column].GivesWay ? WidthOf(shown, column) - Gap + Math.Min(0, spare) : int.MaxValue;
            return text.Length <= room || room < 8 ? text : $"…{text[^(room - 1)..]}";
        }
    }

    /// <summary>Prints it as CSV (RFC 4180) with full precision.</summary>
    public void WriteCsv(TextWriter writer)
    {
        writer.WriteLine(string.Join(',', columns.Select(column => Quoted(column.Key))));
        foreach (var (cells, _) in _rows) writer.WriteLine(string.Join(',', cells.Select(cell => Quoted(cell.Raw))));
    }

    /// <summary>Prints it as a Markdown table.</summary>
    public void WriteMarkdown(TextWriter writer)
    {
        writer.WriteLine($"| {string.Join(" | ", columns.Select(column => column.Header))} |");
        writer.WriteLine($"|{string.Concat(columns.Select(column => column.IsNumber ? "---:|" : "---|"))}");
        foreach (var (cells, _) in _rows) writer.WriteLine($"| {string.Join(" | ", cells.Select(cell => Escaped(cell.Shown)))} |");
    }

    /// <summary>Leaves out what matters least until the rest fits.</summary>
    private int[] KeptColumns((Cell[] Cells, Style? Style)[] rows, int width)
    {
        // A column without a single value says nothing.
        List<int> kept = [.. Enumerable.Range(0, columns.Length).Where(i => columns[i].Dispensable == 0 || Array.Exists(rows, row => row.Cells[i].Shown.Length > 0))];
        foreach (var dispensable in Enumerable.Range(0, columns.Length).Where(i => columns[i].Dispensable > 0).OrderByDescending(i => columns[i].Dispensable))
        {
            if (kept.Sum(i => WidthOf(rows, i)) <= width) break;
            kept.Remove(dispensable);
        }

        return [.. kept];
    }

    private int WidthOf((Cell[] Cells, Style? Style)[] rows, int column) =>
        rows.Select(row => row.Cells[column].Shown.Length).Append(columns[column].Header.Length).Max() + Gap;

    private static string Quoted(string value) =>
        value.AsSpan().IndexOfAny(",\"\r\n".AsSpan()) < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Escaped(string value) => value.Replace("|", @"\|", StringComparison.Ordinal);
}

/// <summary>A column.</summary>
/// <param name="Header">Its header for people.</param>
/// <param name="Key">Its header for machines.</param>
/// <param name="IsNumber">Whether it is aligned to the right.</param>
/// <param name="Dispensable">Above 0: left out where the terminal is too narrow, the highest first, and where it has no value.</param>
/// <param name="GivesWay">Whether its values are shortened where the terminal is too narrow all the same.</param>
internal readonly record struct ResultColumn(string Header, string Key, bool IsNumber = false, int Dispensable = 0, bool GivesWay = false);

/// <summary>A cell.</summary>
/// <param name="Shown">As people see it.</param>
/// <param name="Raw">With full precision.</param>
internal readonly record struct Cell(string Shown, string Raw)
{
    public static implicit operator Cell(string text) => new(text, text);

    public static implicit operator Cell(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number, rounded for people; empty where there is none.</summary>
    public static Cell Of(double? number, string format) => number is { } value
        ? new Cell(Numbers.Format(value, format), value.ToString("R", CultureInfo.InvariantCulture))
        : "";
}
