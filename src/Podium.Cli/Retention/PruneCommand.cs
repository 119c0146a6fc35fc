using System.CommandLine;
using Podium.Checkpoints.Retention;
using Podium.Cli.CommandLine;
using Podium.Cli.Output;

namespace Podium.Cli.Retention;

/// <summary><c>podium prune</c>: shows what may be deleted and how much disk that frees, and deletes it where that is asked for.</summary>
internal static class PruneCommand
{
    public static Command Create()
    {
        var folders = DirectoryArguments.Several();
        var keep = new Option<string[]>("--keep") { Description = "A checkpoint that stays whatever else is said; can be given several times.", HelpName = "CHECKPOINT", DefaultValueFactory = static _ => [] };
        var strip = new Option<bool>("--strip-training-state") { Description = "Delete no checkpoint, only optimizer, scheduler and random states, of all but the latest L resumable checkpoints of each run." };
        var apply = new Option<bool>("--apply") { Description = "Delete. Without it, only what would be deleted is shown." };
        var force = new Option<bool>("--force") { Description = "Delete though a file in the folder was written less than ten minutes ago." };
        var all = new Option<bool>("--all", "-a") { Description = "Show every checkpoint, not only the first ones." };
        var command = new Command("prune", "Deletes checkpoints that are neither among the best nor among the latest of their run; without --apply it only shows them.") { folders, keep, strip, apply, force, all };
        var options = new RetentionOptions().AddTo(command);
        command.SetAction(result =>
        {
            var policy = options.Policy(result) with { Keep = result.GetValue(keep)!, StripTrainingState = result.GetValue(strip) };
            var found = RetentionOptions.Find(result.GetValue(folders)!);
            var pruned = Plan(found, policy, result.GetValue(force), options, result);
            if (!result.GetValue(apply))
            {
                PruneReport.Write(pruned, options.Format(result), result.GetValue(all));
                return ExitCodeOf(pruned);
            }

            using var stop = new Interruption();
            pruned = Apply(pruned, policy, new PruneOptions { Force = result.GetValue(force) }, options, result, stop.Token);
            PruneReport.Write(pruned, options.Format(result), result.GetValue(all));
            if (!stop.Token.IsCancellationRequested) return ExitCodeOf(pruned);
            if (pruned.Count < found.Count) Terminal.Hint($"Stopped; {found.Count - pruned.Count} of {found.Count} folders were left as they are.");
            return ExitCode.Interrupted;
        });
        return command.WithExamples(
            ("What would go, and how much disk would that free?", "podium prune ./outputs"),
            ("Keep the three best and the last one, and delete the rest", "podium prune ./outputs --keep-best 3 --apply"),
            ("Keep one more", "podium prune ./outputs --keep checkpoint-400 --apply"),
            ("Keep all weights, and what is needed to go on from the last checkpoint", "podium prune ./outputs --strip-training-state --apply"),
            ("Every run below a folder", "podium prune sweeps/"));
    }

    private static List<PrunedFolder> Plan(IReadOnlyList<string> found, RetentionPolicy policy, bool force, RetentionOptions options, ParseResult result)
    {
        using var progress = new ProgressLine();
        List<PrunedFolder> planned = [];
        foreach (var folder in found)
        {
            progress.Reading(folder, planned.Count);
            var survey = PruneSurvey.Of(options.Rank(result, folder), policy, force, TimeProvider.System);
            planned.Add(new PrunedFolder(folder, options.StrategyFor(result, folder), survey, Outcome: null));
        }

        // A name that is nowhere is a slip of the pen: the one that was meant would be deleted.
        foreach (var name in policy.Keep)
            if (planned.Count > 0 && !planned.Exists(folder => folder.Survey.Plan.Ranking.Folder.Verifications.Keys.Any(path => RetentionPolicy.IsNamed(folder.Path, path, name))))
                throw new UsageException($"--keep: there is no checkpoint '{name}' in '{string.Join("', '", found)}'.");

        return planned;
    }

    private static List<PrunedFolder> Apply(List<PrunedFolder> planned, RetentionPolicy policy, PruneOptions how, RetentionOptions options, ParseResult result, CancellationToken stop)
    {
        using var progress = new ProgressLine();
        List<PrunedFolder> pruned = [];
        foreach (var folder in planned)
        {
            if (stop.IsCancellationRequested) break;
            var outcome = Pruning.Apply(folder.Path, () => options.Rank(result, folder.Path), policy, how with { OnStep = step => progress.Show($"deleting in {folder.Path}: {step.Path} … ({step.Done} of {step.Count} done)") }, stop);
            pruned.Add(folder with { Survey = outcome.Survey, Outcome = outcome });
        }

        return pruned;
    }

    /// <summary>What went wrong counts before what was refused, and that before what was done.</summary>
    private static int ExitCodeOf(List<PrunedFolder> folders)
    {
        int[] gravest = [ExitCode.Failed, ExitCode.WrongArguments, ExitCode.NothingToRecommend];
        return folders.Count == 0 ? ExitCode.NothingToRecommend : gravest.FirstOrDefault(code => folders.Exists(folder => folder.ExitCode == code), ExitCode.Done);
    }
}
