using System.CommandLine;
using Podium.Cli.Comparisons;
using Podium.Cli.Completion;
using Podium.Cli.Explanations;
using Podium.Cli.Output;
using Podium.Cli.Rankings;
using Podium.Cli.Scores;

namespace Podium.Cli.CommandLine;

/// <summary>The command <c>podium</c> with all that is below it.</summary>
internal static class PodiumCommand
{
    public static RootCommand Create()
    {
        var root = new RootCommand("Ranks the checkpoints of a training run by several metrics and says which one to ship, and why.")
        {
            RankCommand.Create(),
            BestCommand.Create(),
            LatestCommand.Create(),
            ExplainCommand.Create(),
            CompareCommand.Create(),
            ScoreCommand.Create(),
            CompletionCommand.Create(),
        };
        HelpWithExamples.AddTo(root);
        return root.WithExamples(
            ("Which checkpoint do I ship?", "podium rank ./outputs"),
            ("Its path, for a script", "vllm serve \"$(podium best ./outputs)\""),
            ("Why that one?", "podium explain ./outputs"),
            ("The best of a sweep", "podium rank --across sweeps/"));
    }

    public static async Task<int> RunAsync(string[] arguments)
    {
        var result = Create().Parse(arguments);
        if (result.Errors.Count > 0)
        {
            foreach (var error in result.Errors) Terminal.Error(error.Message);
            Terminal.Hint($"podium {string.Join(' ', Path(result.CommandResult.Command))}--help shows how it is used.");
            return ExitCode.WrongArguments;
        }

        try
        {
            return await result.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
        catch (UsageException exception)
        {
            Terminal.Error(exception.Message);
            return ExitCode.WrongArguments;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Terminal.Error(exception.Message);
            return ExitCode.Failed;
        }
    }

    private static IEnumerable<string> Path(Command command) => command is RootCommand ? [] : [command.Name, ""];
}
