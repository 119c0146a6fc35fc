using System.Globalization;
using System.Text;

namespace Podium.Cli.Output;

/// <summary>A table that can be printed for people, for spreadsheets and for documents.</summary>
internal sealed class ResultTable(params ResultColumn[] columns)
{
    private const int Gap = 2;

    private readonly List<(Cell[] Cells, Ink Ink)> _rows = [];

    /// <summary>Adds a row.</summary>
    public void Add(Ink ink, params Cell[] cells) => _rows.Add((cells, ink));

    /// <summary>Prints it to stdout in a format that is not JSON.</summary>
    public void Write(OutputFormat format)
    {
        if (format == OutputFormat.Csv) WriteCsv(Terminal.Out.Writer);
        else if (format == OutputFormat.Markdown) WriteMarkdown(Terminal.Out.Writer);
        else WriteTable(Terminal.Out);
    }

    /// <summary>Prints it for people. Where the terminal is narrow, columns that can be spared are left out and long paths shortened.</summary>
    /// <param name="screen">Where to.</param>
    /// <param name="rows">How many rows to print at most.</param>
    public void WriteTable(Screen screen, int rows = int.MaxValue)
    {
        var shown = _rows.GetRange(0, Math.Min(rows, _rows.Count));
        var widths = new int[columns.Length];
        for (var i = 0; i < widths.Length; i++)
        {
            widths[i] = columns[i].Header.Length;
            foreach (var (cells, _) in shown) widths[i] = Math.Max(widths[i], cells[i].Shown.Length);
        }

        var kept = KeptColumns(shown, widths, screen.Width);
        var excess = kept.Sum(column => widths[column] + Gap) - Gap - screen.Width;
        // The widest gives way first, one character at a time, so that of two long names as much is left of both.
        for (; excess > 0; excess--)
        {
            var widest = kept.Where(column => columns[column].GivesWay).DefaultIfEmpty(-1).MaxBy(column => column < 0 ? 0 : widths[column]);
            if (widest < 0 || widths[widest] <= 8) break;
            widths[widest]--;
        }

        WriteRow(screen, kept, widths, column => columns[column].Header, Ink.Quiet);
        foreach (var (cells, ink) in shown) WriteRow(screen, kept, widths, column => cells[column].Shown, ink);
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

    private void WriteRow(Screen screen, int[] kept, int[] widths, Func<int, string> text, Ink ink)
    {
        var line = new StringBuilder();
        foreach (var column in kept)
        {
            if (line.Length > 0) line.Append(' ', Gap);
            var cell = text(column);
            // Of a path that is too long the end tells more than the beginning.
            if (cell.Length > widths[column]) cell = $"…{cell[^(widths[column] - 1)..]}";
            line.Append(columns[column].IsNumber ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]));
        }

        screen.WriteLine(line.ToString().TrimEnd(), ink);
    }

    /// <summary>Leaves out columns without a single value, and then what matters least until the rest fits.</summary>
    private int[] KeptColumns(List<(Cell[] Cells, Ink Ink)> rows, int[] widths, int width)
    {
        List<int> kept = [];
        for (var i = 0; i < columns.Length; i++)
            if (columns[i].Dispensable == 0 || rows.Exists(row => row.Cells[i].Shown.Length > 0))
                kept.Add(i);

        while (kept.Sum(column => widths[column] + Gap) - Gap > width)
        {
            var least = kept.MaxBy(column => columns[column].Dispensable);
            if (columns[least].Dispensable == 0) break;
            kept.Remove(least);
        }

        return [.. kept];
    }

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
