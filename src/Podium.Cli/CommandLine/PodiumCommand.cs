using System.CommandLine;
using Podium.Cli.Client;
using Podium.Cli.Comparisons;
using Podium.Cli.Completion;
using Podium.Cli.Explanations;
using Podium.Cli.Jobs;
using Podium.Cli.Output;
using Podium.Cli.Rankings;
using Podium.Cli.Retention;
using Podium.Cli.Scores;
using Podium.Cli.Serving;
using Podium.Cli.Tokens;
using Podium.Cli.Verification;
using Podium.Cli.Watching;

namespace Podium.Cli.CommandLine;

/// <summary>The command <c>podium</c> with all that is below it.</summary>
internal static class PodiumCommand
{
    private static readonly (string Name, Func<Command> Create)[] Commands =
    [
        ("rank", RankCommand.Create),
        ("best", BestCommand.Create),
        ("latest", LatestCommand.Create),
        ("explain", ExplainCommand.Create),
        ("compare", CompareCommand.Create),
        ("verify", VerifyCommand.Create),
        ("watch", WatchCommand.Create),
        ("prune", PruneCommand.Create),
        ("du", DiskUsageCommand.Create),
        ("score", ScoreCommand.Create),
        ("serve", ServeCommand.Create),
        ("jobs", JobsCommand.Create),
        ("import", ImportCommand.Create),
        ("token", TokenCommand.Create),
        ("completion", CompletionCommand.Create),
    ];

    /// <summary>Makes the command.</summary>
    /// <param name="arguments">What was typed: where it names a command, no other is made: each start pays for what is made.</param>
    public static RootCommand Create(params IReadOnlyList<string> arguments)
    {
        var root = new RootCommand("Ranks the checkpoints of a training run by several metrics and says which one to ship, and why.");
        var named = arguments.Count > 0 && Array.Exists(Commands, command => command.Name == arguments[0]);
        foreach (var (name, create) in Commands)
            if (!named || name == arguments[0])
                root.Subcommands.Add(create());

        HelpWithExamples.AddTo(root);
        return root.WithExamples(
            ("Which checkpoint do I ship?", "podium rank ./outputs"),
            ("Its path, for a script", "vllm serve \"$(podium best ./outputs)\""),
            ("Why that one?", "podium explain ./outputs"),
            ("The best of a sweep", "podium rank --across sweeps/"));
    }

    public static int Run(string[] arguments)
    {
        var result = Create(arguments).Parse(arguments);
        if (result.Errors.Count > 0)
        {
            foreach (var error in result.Errors) Terminal.Error(error.Message);
            Terminal.Hint($"podium {string.Join(' ', Path(result.CommandResult.Command))}--help shows how it is used.");
            return ExitCode.WrongArguments;
        }

        try
        {
            // Ctrl-C ends the process at once: reading leaves nothing behind that would have to be cleaned up.
            var code = result.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
            Terminal.Flush();
            return code;
        }
        catch (UsageException exception)
        {
            Terminal.Error(exception.Message);
            return ExitCode.WrongArguments;
        }
        catch (ServerException exception)
        {
            Terminal.Error(exception.Message);
            return exception.ExitCode;
        }
        catch (IOException exception) when (IsClosedPipe(exception))
        {
            // Whoever read the answer has seen enough of it, as "head" has.
            return ExitCode.Done;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Terminal.Error(exception.Message);
            return ExitCode.Failed;
        }
    }

    /// <summary>EPIPE, which the runtime does not name.</summary>
    private static bool IsClosedPipe(IOException exception) => exception.HResult == 32 || exception.Message.Contains("Broken pipe", StringComparison.Ordinal);

    /// <summary>What is typed after "podium" to reach a command, with an empty word at its end.</summary>
    private static IEnumerable<string> Path(Command command) =>
        command is RootCommand ? [] : [.. command.Parents.OfType<Command>().SelectMany(Path).Where(word => word.Length > 0), command.Name, ""];
}
