using Podium.Checkpoints.Folders;
using Podium.Checkpoints.Lightning;
using Podium.Checkpoints.Runs;
using Podium.Checkpoints.TrainerStates;
using Podium.Checkpoints.Verification;
using Podium.Histories;
using Podium.Ranking;

namespace Podium.Checkpoints.RunFolders;

/// <summary>Reads a folder of checkpoints as a Hugging Face style trainer leaves it.</summary>
public static class RunFolderReader
{
    /// <summary>Reads a run folder, or a single checkpoint.</summary>
    /// <param name="path">A folder with checkpoints in it, a checkpoint's folder, or a folder with only a history.</param>
    /// <param name="options">How to read.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>
    /// The folder. Checkpoints that cannot be read are named in it and hide no others; those that vanish meanwhile are
    /// left out.
    /// </returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static RunFolder Read(string path, ReadOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new ReadOptions();
        if (!Directory.Exists(path)) throw new DirectoryNotFoundException($"There is no folder '{path}'.");

        // A checkpoint's own folder is read as one in the folder above it.
        var single = RunFinder.IsCheckpoint(path);
        var folder = single ? RunFinder.Above(path) : path;
        List<CheckpointCandidate> candidates = single
            ? [CheckpointCandidate.At(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path)))!]
            : [.. CheckpointCandidate.Below(path, cancellation), .. LightningFolder.Checkpoints(path)];
        var reading = new Reading(folder, options, cancellation);
        return reading.Read(candidates, withFolderState: !single);
    }

    private sealed class Reading(string folder, ReadOptions options, CancellationToken cancellation)
    {
        private readonly List<RankingNote> _warnings = [];
        private readonly List<UnreadableCheckpoint> _unreadable = [];
        private readonly Dictionary<string, CheckpointVerification> _verifications = new(StringComparer.Ordinal);
        private readonly DateTimeOffset _now = options.Time.GetUtcNow();

        public RunFolder Read(List<CheckpointCandidate> candidates, bool withFolderState)
        {
            var verified = CheckpointVerifier.Verify(candidates, _now, cancellation);
            for (var i = 0; i < candidates.Count; i++) _verifications.Add(candidates[i].Path, verified[i]);
            var checkpoints = candidates.ConvertAll(candidate => new SavedCheckpoint(
                candidate,
                candidate.Files.StateBytes is { } bytes ? new StateFile(System.IO.Path.Combine(candidate.FullPath, CheckpointFiles.StateFileName), bytes) : null));
            var ownState = FolderState(withFolderState);
            List<StateFile> files = [];
            if (ownState is not null) files.Add(ownState);
            foreach (var checkpoint in checkpoints)
                if (checkpoint.State is { } state)
                    files.Add(state);

            using var tree = RunTree.Sort(
                files,
                options.ReadAll,
                new Patience(options.Time, cancellation),
                cancellation);

            foreach (var checkpoint in checkpoints)
                if (checkpoint.State is { Fault: { } stateFault, Vanished: false })
                    AddToVerification(checkpoint, stateFault);

            checkpoints.RemoveAll(checkpoint => checkpoint.State is { Fault: not null } state && !Keep(checkpoint, state));
            if (ownState is { Fault: { } fault }) _warnings.Add(new RankingNote("folder-state-unreadable", $"The run folder's own state file could not be read: {fault}"));

            var runs = Assemble(tree, checkpoints, ownState);
            SupplementaryLogs.Fill(folder, runs, _warnings);
            var rule = SavedLast.Order(runs);
            if (rule is not null)
            {
                _warnings.Add(new RankingNote(
                    "several-runs",
                    $"The folder holds {runs.Count} runs (restarted, resumed or forked). The recommendation is that of the run saved last: {rule}."));
            }

            return new RunFolder
            {
                Path = folder,
                Runs = [.. runs.Select(ToRun)],
                Unreadable = _unreadable,
                Verifications = _verifications,
                Warnings = _warnings,
            };
        }

        private StateFile? FolderState(bool wanted)
        {
            var path = System.IO.Path.Combine(folder, CheckpointFiles.StateFileName);
            return wanted && new FileInfo(path) is { Exists: true, Length: var bytes } ? new StateFile(path, bytes) : null;
        }

        /// <summary>A half-written state is a checkpoint that is not complete yet; any other fault makes it unreadable.</summary>
        private bool Keep(SavedCheckpoint checkpoint, StateFile state)
        {
            if (state.Vanished) return Directory.Exists(checkpoint.Candidate.FullPath);
            if (state.Fault!.EndedEarly) return true;
            _unreadable.Add(new UnreadableCheckpoint(checkpoint.Candidate.Path, state.Fault));
            return false;
        }

        private List<SavedRun> Assemble(RunTree tree, List<SavedCheckpoint> checkpoints, StateFile? ownState)
        {
            LeaveOutForeign(tree, checkpoints, ownState);
            List<SavedRun> runs = [];
            foreach (var branch in tree.Branches)
                runs.Add(new SavedRun(branch.History, branch.State.Facts, checkpoints.FindAll(checkpoint => checkpoint.State is { } state && branch.Has(state))));

            // What says nothing of where it belongs goes to the longest run.
            var rest = checkpoints.FindAll(checkpoint => checkpoint.State is not { } state || !tree.Branches.Any(branch => branch.Has(state)));
            if (runs.Count == 0 && (rest.Count > 0 || ownState?.Whole is not null)) runs.Add(new SavedRun(TrainingHistory.Empty, FactsOf(rest, ownState), []));
            if (rest.Count > 0) runs.MaxBy(run => (run.History.Count, run.History.LastStep))!.Checkpoints.AddRange(rest);
            return runs;
        }

        private static StateFacts? FactsOf(List<SavedCheckpoint> checkpoints, StateFile? ownState) =>
            ownState?.Facts ?? checkpoints.Select(checkpoint => checkpoint.State?.Facts).Where(facts => facts is not null).MaxBy(facts => facts!.GlobalStep);

        /// <summary>The folder's own state lengthens the run that it continues; one that continues none is of something else.</summary>
        private void LeaveOutForeign(RunTree tree, List<SavedCheckpoint> checkpoints, StateFile? ownState)
        {
            if (ownState is null || !checkpoints.Exists(checkpoint => checkpoint.State is { LogLength: > 0 })) return;
            if (tree.Branches.FirstOrDefault(branch => branch.State == ownState.Whole || branch.Has(ownState)) is not { } own) return;

            var longest = own.Members.Where(member => member.File != ownState).OrderByDescending(member => member.Entries).FirstOrDefault();
            var continues = longest.File is not null && tree.Branches.All(branch => branch == own || !branch.Has(longest.File));
            if (continues || own.Members.Any(member => member.File != ownState && member.Entries >= own.History.Count)) return;

            tree.Remove(own);
            _warnings.Add(new RankingNote("foreign-state", "The run folder's own trainer_state.json continues none of its checkpoints' histories; it was left out."));
        }

        private FolderRun ToRun(SavedRun run)
        {
            var checkpoints = run.Checkpoints.ConvertAll(checkpoint => ToCheckpoint(checkpoint, run.History));
            // "last-checkpoint" is a copy of one that has its own name.
            checkpoints.RemoveAll(checkpoint => checkpoint.Path == "last-checkpoint" && checkpoints.Exists(other => other != checkpoint && other.Step == checkpoint.Step));
            return new FolderRun(new Run(run.History, checkpoints) { TrainerChoice = run.Facts?.TrainerChoice ?? default }, run.Facts) { InStateFiles = run.InStateFiles };
        }

        private Checkpoint ToCheckpoint(SavedCheckpoint saved, TrainingHistory history)
        {
            var (candidate, facts) = (saved.Candidate, saved.State?.Facts);
            var step = candidate.Name.Step ?? facts?.GlobalStep ?? StepOfEpoch(history, candidate.Name.Epoch) ?? 0;
            if (candidate.Name.Step is { } named && facts?.GlobalStep is { } written && named != written)
            {
                // A checkpoint from before a fork is of several runs; one warning will do.
                var warning = new RankingNote("step-mismatch", $"{candidate.Path} says in its state file that it is of step {written}; its folder's number counts.");
                if (!_warnings.Contains(warning)) _warnings.Add(warning);
            }

            return new Checkpoint(candidate.Path, step)
            {
                Epoch = facts?.Epoch ?? candidate.Name.Epoch,
                SizeBytes = candidate.Files.SizeBytes,
                CreatedAt = saved.State is { Vanished: false } state ? state.ModifiedAt : candidate.Files.NewestWrite,
                State = _verifications[candidate.Path].State,
            };
        }

        /// <summary>A training cannot go on without its state. The Trainer writes that last, and not in one go: so one that is half there is not complete yet.</summary>
        private void AddToVerification(SavedCheckpoint checkpoint, ReadFault fault)
        {
            var (path, files) = (checkpoint.Candidate.Path, checkpoint.Candidate.Files);
            var verified = _verifications[path];
            _verifications[path] = verified with
            {
                State = fault.EndedEarly && Settled.IsYoung(files.NewestWrite, _now) ? CheckpointState.Incomplete : verified.State,
                Faults = [.. verified.Faults, fault with { Path = CheckpointFiles.StateFileName }],
                IsResumable = false,
            };
        }

        /// <summary>The last step logged in an epoch; the epoch's own number where nothing was logged.</summary>
        private static long? StepOfEpoch(TrainingHistory history, long? epoch)
        {
            if (epoch is not { } wanted) return null;
            long? step = null;
            if (history.Find(MetricKeys.Epoch) is { } epochs)
            {
                for (var i = 0; i < epochs.Count; i++)
                    if (epochs.Values[i] <= wanted && history.Steps[epochs.Entries[i]] is not TrainingHistory.NoStep and var at)
                        step = Math.Max(step ?? 0, at);
            }

            return step ?? wanted;
        }
    }
}
