using System.CommandLine;
using Podium.Checkpoints.Folders;
using Podium.Checkpoints.Retention;
using Podium.Checkpoints.RunFolders;
using Podium.Cli.CommandLine;
using Podium.Cli.Output;
using Podium.Cli.Strategies;

namespace Podium.Cli.Retention;

/// <summary>What the commands that free disk have in common: what stays, and how the best are told.</summary>
internal sealed class RetentionOptions
{
    private static readonly RetentionPolicy Default = new();

    private readonly Option<int> _keepBest = Count("--keep-best", "K", "How many of the best checkpoints of each run stay.", Default.KeepBest);
    private readonly Option<int> _keepLatest = Count("--keep-latest", "L", "How many of the latest checkpoints of each run stay; of the latest resumable ones, where training states are taken out.", Default.KeepLatest);
    private readonly RankingOptions _ranking = new();

    public RetentionOptions AddTo(Command command)
    {
        command.Options.Add(_keepBest);
        command.Options.Add(_keepLatest);
        _ranking.AddTo(command);
        return this;
    }

    public RetentionPolicy Policy(ParseResult result) => new() { KeepBest = result.GetValue(_keepBest), KeepLatest = result.GetValue(_keepLatest) };

    public OutputFormat Format(ParseResult result) => _ranking.Format(result);

    public ChosenStrategy StrategyFor(ParseResult result, string folder) => _ranking.StrategyFor(result, folder);

    /// <summary>Reads and ranks a folder as it is now.</summary>
    public FolderRanking Rank(ParseResult result, string folder) =>
        FolderRanking.Of(RunFolderReader.Read(folder, _ranking.ReadOptions(result)), StrategyFor(result, folder).Strategy, _ranking.EvalLossKey(result));

    /// <summary>The run folders at or below what was typed, each once.</summary>
    /// <exception cref="UsageException">One of them is a checkpoint.</exception>
    public static IReadOnlyList<string> Find(string[] paths)
    {
        var found = FoundFolders.Below(paths).Folders;
        // Alone it is not known to be worse than another.
        if (found.FirstOrDefault(RunFinder.IsCheckpoint) is { } checkpoint) throw new UsageException($"'{checkpoint}' is a checkpoint. Name the run folder that it lies in.");
        return [.. found.DistinctBy(Path.GetFullPath, StringComparer.Ordinal)];
    }

    private static Option<int> Count(string name, string helpName, string description, int usual) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = NumberOptions.Count,
        DefaultValueFactory = _ => usual,
    };
}
