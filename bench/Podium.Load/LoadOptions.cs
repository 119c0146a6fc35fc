namespace Podium.Load;

/// <summary>What to measure, and how long.</summary>
/// <param name="Program">The server.</param>
/// <param name="Folder">Where the data lie: a folder on the disk that is meant.</param>
/// <param name="Postgres">Null: SQLite.</param>
/// <param name="MLflowServer">The original server, if it is to be measured beside.</param>
/// <param name="Span">How long each round of each measurement takes.</param>
/// <param name="Rounds">How many rounds count; their median is told.</param>
/// <param name="Only">Which measurements; empty: all.</param>
/// <param name="Memory">Whether 10 million points are reported, which takes minutes.</param>
internal sealed record LoadOptions(string Program, string Folder, string? Postgres, Uri? MLflowServer, TimeSpan Span, int Rounds, IReadOnlyList<string> Only, bool Memory)
{
    public bool Includes(string measurement) => Only.Count == 0 || Only.Contains(measurement, StringComparer.OrdinalIgnoreCase);
}
