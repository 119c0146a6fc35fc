using System.CommandLine;
using Podium.Checkpoints.RunFolders;
using Podium.Cli.CommandLine;
using Podium.Cli.Output;
using Podium.Cli.Strategies;

namespace Podium.Cli.Rankings;

/// <summary>A run folder with its ranking, and where its strategy came from.</summary>
internal sealed record RankedFolder(FolderRanking Ranking, ChosenStrategy Chosen)
{
    /// <summary>The folder, as a person would type it.</summary>
    public string Path => Ranking.Folder.Path;

    /// <summary>What the process says of this folder to the shell.</summary>
    public int ExitCode => Ranking.Recommended is not null ? Cli.ExitCode.Done
        : Ranking.Runs is [{ Refusal: { IsWrongArgument: true } }, ..] ? Cli.ExitCode.WrongArguments
        : Cli.ExitCode.NothingToRecommend;
}

/// <summary>The run folders that a command is about.</summary>
/// <param name="Folders">The folders.</param>
/// <param name="IsTree">Whether they were looked for below what was typed, or several were typed.</param>
internal sealed record RankedFolders(IReadOnlyList<RankedFolder> Folders, bool IsTree)
{
    /// <summary>What the process says to the shell: done, if anything is recommended.</summary>
    public int ExitCode => Folders.Count == 0 ? Cli.ExitCode.NothingToRecommend : Folders.Min(folder => folder.ExitCode);

    /// <summary>Finds, reads and ranks the run folders at or below some paths.</summary>
    public static RankedFolders Read(IReadOnlyList<string> paths, RankingOptions options, ParseResult result)
    {
        using var progress = new ProgressLine();
        var found = FoundFolders.Below(paths);
        List<RankedFolder> folders = [];
        foreach (var folder in found.Folders)
        {
            progress.Reading(folder, folders.Count);
            folders.Add(ReadOne(folder, options, result));
        }

        return new RankedFolders(folders, found.IsTree);
    }

    /// <summary>The one run folder that a command is about, which may lie below the path.</summary>
    /// <exception cref="UsageException">There are several.</exception>
    public static RankedFolder? ReadSingle(string path, RankingOptions options, ParseResult result)
    {
        var read = Read([path], options, result);
        return read.Folders switch
        {
            [] => null,
            [var only] => only,
            [var first, ..] => throw new UsageException(
                $"'{path}' has {read.Folders.Count} run folders below it: name one of them, e.g. {first.Path}, or rank them all together with --across."),
        };
    }

    private static RankedFolder ReadOne(string path, RankingOptions options, ParseResult result)
    {
        var chosen = options.StrategyFor(result, path);
        var folder = RunFolderReader.Read(path, options.ReadOptions(result));
        return new RankedFolder(FolderRanking.Of(folder, chosen.Strategy, options.EvalLossKey(result)), chosen);
    }
}
