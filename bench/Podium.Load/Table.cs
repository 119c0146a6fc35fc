using System.Globalization;

namespace Podium.Load;

/// <summary>Writes Markdown tables as they are measured.</summary>
internal static class Table
{
    public static void Begin(string title, params string[] columns)
    {
        Console.WriteLine($"\n### {title}\n");
        Console.WriteLine($"| {string.Join(" | ", columns)} |");
        Console.WriteLine($"|---|{string.Concat(Enumerable.Repeat("---:|", columns.Length - 1))}");
    }

    public static void Row(string name, params object[] cells) =>
        Console.WriteLine($"| {name} | {string.Join(" | ", cells.Select(cell => cell is double number ? Text(number) : cell))} |");

    private static string Text(double number) => number.ToString(number >= 1000 ? "#,0" : number >= 100 ? "0" : number >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);
}
