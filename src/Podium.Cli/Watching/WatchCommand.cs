using System.CommandLine;
using System.Globalization;
using Podium.Checkpoints.Following;
using Podium.Cli.CommandLine;
using Podium.Cli.Output;

namespace Podium.Cli.Watching;

/// <summary><c>podium watch</c>: follows a run while it is trained, and keeps its best checkpoints from rotation.</summary>
internal static class WatchCommand
{
    private static readonly TimeSpan UsualPoll = TimeSpan.FromSeconds(2);

    public static Command Create()
    {
        var folder = DirectoryArguments.One();
        var keep = new Option<int>("--keep-best", "-k")
        {
            Description = "Keep the K best checkpoints so far of each run in DIR/.podium/kept, without optimizer states, whatever the trainer deletes.",
            HelpName = "K",
            CustomParser = NumberOptions.Count,
        };
        var link = new Option<bool>("--link") { Description = "Keep by hard links, which take no space; a trainer that writes in place changes the kept ones, too." };
        var poll = new Option<TimeSpan?>("--poll")
        {
            Description = "Look every so many seconds (default: 2), and do not ask the system for changes. On network file systems that is done anyway.",
            HelpName = "SECONDS",
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = ParseSeconds,
        };
        var once = new Option<bool>("--once") { Description = "Look once, keep what is to be kept, and end: for a trainer's hook, or cron." };
        var command = new Command("watch", "Follows a run while it is trained, and keeps its best checkpoints from the trainer's rotation.") { folder, keep, link, poll, once };
        var options = new RankingOptions().AddTo(command);
        command.SetAction(result =>
        {
            var asked = new Asked(result.GetValue(folder)!, result.GetValue(keep), result.GetValue(link), result.GetResult(poll) is null ? null : result.GetValue(poll) ?? UsualPoll, result.GetValue(once));
            if (asked is { Link: true, KeepBest: 0 }) throw new UsageException("--link says how to keep: give --keep-best K, too.");
            if (options.Format(result) is OutputFormat.Csv or OutputFormat.Markdown) throw new UsageException("watch prints for people or, with --format json, one JSON object a line.");
            return Watch(asked, options, result);
        });
        return command.WithExamples(
            ("Follow a run", "podium watch ./outputs"),
            ("Never lose the best to save_total_limit", "podium watch ./outputs --keep-best 1"),
            ("In the background of a job", "podium watch ./outputs --keep-best 2 > watch.log &"),
            ("From a hook of the trainer, after each save", "podium watch ./outputs --keep-best 1 --once"),
            ("For a program", "podium watch ./outputs --format json | jq -c 'select(.event == \"new_best\")'"));
    }

    private static int Watch(Asked asked, RankingOptions options, ParseResult result)
    {
        using var interruption = new Interruption();
        using var output = Output(asked, options.Format(result));
        // A wrong strategy is a wrong argument now, and not when the first checkpoint is saved.
        options.StrategyFor(result, asked.Folder);
        var path = WatchedFolder.Resolve(asked.Folder);
        var isThere = Directory.Exists(path);
        if (asked.Once && !isThere) throw new DirectoryNotFoundException($"There is no folder '{path}'.");

        var watch = new RunWatch(path, asked.ToOptions(path, options, result));
        try
        {
            if (!isThere) output.Waiting(path);
            while (true)
            {
                if (watch.Ranking is null && WatchedFolder.Resolve(asked.Folder) is var found && found != watch.Folder)
                {
                    watch.Dispose();
                    watch = new RunWatch(found, asked.ToOptions(found, options, result));
                }

                var news = watch.Look(interruption.Token);
                if (Directory.Exists(watch.Folder)) output.Show(watch, news);
                if (asked.Once) return ExitCode.Done;
                if (watch.Wait(interruption.Token)) continue;
                if (interruption.Token.IsCancellationRequested) return ExitCode.Interrupted;

                output.Show(watch, [watch.Finished()]);
                return ExitCode.Done;
            }
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
        finally
        {
            watch.Dispose();
        }
    }

    private static IWatchOutput Output(Asked asked, OutputFormat format)
    {
        if (format == OutputFormat.Json) return new EventJson();
        var isTerminal = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not "dumb";
        return isTerminal && !asked.Once ? new WatchBlock(Terminal.Out, asked.KeepBest == 0 ? "following" : $"keeping the best {asked.KeepBest}") : new EventLines(TimeProvider.System);
    }

    private static TimeSpan? ParseSeconds(System.CommandLine.Parsing.ArgumentResult result)
    {
        if (result.Tokens is []) return UsualPoll;
        var text = result.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0.05 and <= 86400) return TimeSpan.FromSeconds(seconds);

        result.AddError($"'{text}' is no number of seconds for --poll: give one like 2 or 0.5, and DIR before it.");
        return null;
    }

    private sealed record Asked(string Folder, int KeepBest, bool Link, TimeSpan? Poll, bool Once)
    {
        public FollowOptions ToOptions(string folder, RankingOptions options, ParseResult result) => new()
        {
            Strategy = options.StrategyFor(result, folder).Strategy,
            EvalLossKey = options.EvalLossKey(result),
            Read = options.ReadOptions(result),
            Changes = new ChangeOptions { Poll = Poll },
            KeepBest = KeepBest,
            Link = Link,
        };
    }
}
