namespace Podium.Cli.Output;

/// <summary>How an answer is printed.</summary>
internal enum OutputFormat
{
    Table,
    Json,
    Csv,
    Markdown,
}
