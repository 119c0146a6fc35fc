using System.CommandLine;
using Podium.Cli.CommandLine;
using Podium.Strategies;

namespace Podium.Cli.Jobs;

/// <summary>The strategy of a job. The server keeps it by its name, so that a file with weights is none.</summary>
internal static class JobStrategy
{
    public static Option<string?> Option(string description) =>
        new Option<string?>("--strategy", "-s") { Description = $"{description} {StrategyParser.Syntax}.", HelpName = "STRATEGY" }.Proposing(ProposedWords.Strategies);

    /// <summary>What is sent for what was typed; null for nothing.</summary>
    /// <exception cref="UsageException">It is no strategy.</exception>
    public static string? Checked(string typed)
    {
        if (typed.Length == 0) return null;
        return StrategyParser.TryParse(typed, out _, out var error) ? typed : throw new UsageException($"--strategy: {error}");
    }
}
