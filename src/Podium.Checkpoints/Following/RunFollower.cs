using Podium.Checkpoints.Folders;
using Podium.Checkpoints.RunFolders;
using Podium.Checkpoints.Verification;
using Podium.Evaluations;
using Podium.Histories;
using Podium.Ranking;

namespace Podium.Checkpoints.Following;

/// <summary>Reads a run folder again and again, and says what is new since the last time.</summary>
/// <remarks>
/// The ranking is that of <see cref="RunFolderReader"/> and <see cref="Ranker"/>, whatever is logged meanwhile. What is there
/// at the first reading is not new, but for the best and how far the run is. Not safe for use by several threads at once.
/// </remarks>
internal sealed class RunFollower(string folder, FollowOptions options)
{
    private readonly LiveLog _log = new(folder);
    private readonly ProgressReading _reading = new();
    private readonly HashSet<string> _warned = new(StringComparer.Ordinal);
    private readonly Dictionary<long, double> _evaluated = [];

    // In a folder that is not there yet everything will be new.
    private Dictionary<string, Checkpoint>? _checkpoints = Directory.Exists(folder) ? null : [];
    private RankedCheckpoint? _best;

    /// <summary>The folder as it was read last; null while it holds no run.</summary>
    public FolderRanking? Ranking { get; private set; }

    /// <summary>How far the newest run is.</summary>
    public RunProgress Progress { get; private set; } = new();

    /// <summary>Whether nothing in the folder is still being saved.</summary>
    public bool IsSettled { get; private set; }

    /// <summary>Reads the folder.</summary>
    /// <returns>What is new, in the order in which it is to be told.</returns>
    public List<FollowEvent> Read(CancellationToken cancellation)
    {
        var now = options.Read.Time.GetUtcNow();
        List<FollowEvent> news = [];
        var isFirst = _checkpoints is null;
        Ranking = ReadRanking(now, news, cancellation);
        var progress = _reading.Read(Ranking, _log.ReadOn(), now);
        TellCheckpoints(now, news);
        // While something is being saved, much looks wrong that is not.
        if (IsSettled) TellWarnings(now, news);
        TellEvaluations(progress, isFirst, now, news);
        TellBest(now, news);
        if (!progress.IsWhere(Progress) && progress.Step is not null) news.Add(new Progressed(now, progress));
        Progress = progress;
        return news;
    }

    /// <summary>Takes in what the keeping has changed; nothing of it is news.</summary>
    public void ReadAgain(CancellationToken cancellation)
    {
        Ranking = ReadRanking(options.Read.Time.GetUtcNow(), [], cancellation);
        if (Ranking?.Recommended is { } best && _best is not null && IsSame(best, _best)) _best = best;
    }

    private FolderRanking? ReadRanking(DateTimeOffset now, List<FollowEvent> news, CancellationToken cancellation)
    {
        try
        {
            // Before the first save there is nothing to rank, and only the live log to read.
            return Directory.Exists(folder) && RunFinder.IsRunFolder(folder)
                ? FolderRanking.Of(RunFolderReader.Read(folder, options.Read, cancellation), options.Strategy, options.EvalLossKey)
                : null;
        }
        catch (DirectoryNotFoundException)
        {
            return null;
        }
        catch (IOException exception)
        {
            // A network file system stumbles now and then; the next change is another try.
            if (_warned.Add(exception.Message)) news.Add(new FollowWarning(now, "folder-unreadable", exception.Message));
            return Ranking;
        }
    }

    private void TellWarnings(DateTimeOffset now, List<FollowEvent> news)
    {
        if (Ranking is null) return;
        foreach (var unreadable in Ranking.Folder.Unreadable)
            if (_warned.Add($"{unreadable.Path}: {unreadable.Fault.Message}"))
                news.Add(new FollowWarning(now, "unreadable", $"{unreadable.Path} cannot be read: {unreadable.Fault.Message}."));

        // The numbers in a warning change with each evaluation: each kind is told once.
        foreach (var warning in Ranking.Folder.Warnings.Concat(Ranking.Runs is [var run, ..] ? run.Warnings : []))
            if (_warned.Add(warning.Code))
                news.Add(new FollowWarning(now, warning.Code, warning.Message));
    }

    private void TellCheckpoints(DateTimeOffset now, List<FollowEvent> news)
    {
        Dictionary<string, Checkpoint> there = new(StringComparer.Ordinal);
        IsSettled = true;
        foreach (var checkpoint in Ranking?.Folder.Runs.SelectMany(run => run.Run.Checkpoints).Distinct() ?? [])
        {
            if (KeptPath.IsKept(checkpoint.Path)) continue;
            var isSaved = IsSaved(checkpoint);
            // What a killed trainer left half written stays so.
            IsSettled &= isSaved || !Settled.IsYoung(WrittenAt(checkpoint), now);
            if (isSaved) there[checkpoint.Path] = checkpoint;
        }

        if (_checkpoints is { } known)
        {
            foreach (var checkpoint in InOrder(there.Values))
                if (known.GetValueOrDefault(checkpoint.Path)?.CreatedAt != checkpoint.CreatedAt)
                    news.Add(new CheckpointSaved(now, checkpoint));

            foreach (var checkpoint in InOrder(known.Values.Where(checkpoint => !there.ContainsKey(checkpoint.Path))))
            {
                // One that is being written over, or cannot be read just now, is not gone.
                if (Path.Exists(Path.Combine(folder, checkpoint.Path))) there.Add(checkpoint.Path, checkpoint);
                else news.Add(new CheckpointGone(now, checkpoint, Directory.Exists(Path.Combine(folder, KeptPath.Of(checkpoint.Path)))));
            }
        }

        _checkpoints = there;
    }

    private static IOrderedEnumerable<Checkpoint> InOrder(IEnumerable<Checkpoint> checkpoints) =>
        checkpoints.OrderBy(checkpoint => checkpoint.Step).ThenBy(checkpoint => checkpoint.Path, StringComparer.Ordinal);

    /// <summary>The Trainer writes its state after the weights: a folder without it, or without weights, may not be done yet.</summary>
    private bool IsSaved(Checkpoint checkpoint)
    {
        if (checkpoint.State == CheckpointState.Incomplete) return false;
        var path = Path.Combine(folder, checkpoint.Path);
        return File.Exists(path) || File.Exists(Path.Combine(path, CheckpointFiles.StateFileName)) || options.Read.Time.GetUtcNow() - WrittenAt(checkpoint) > options.Quiet;
    }

    /// <summary>A folder without files has only a time of its own.</summary>
    private DateTimeOffset WrittenAt(Checkpoint checkpoint)
    {
        var folderTime = new DateTimeOffset(File.GetLastWriteTimeUtc(Path.Combine(folder, checkpoint.Path)));
        return checkpoint.CreatedAt is { } created && created > folderTime ? created : folderTime;
    }

    private void TellEvaluations(RunProgress progress, bool isFirst, DateTimeOffset now, List<FollowEvent> news)
    {
        var history = Ranking?.Folder.Runs is [var run, ..] ? run.Run.History : TrainingHistory.Empty;
        var saved = EvaluationTimeline.From(history, ProgressReading.EvalLossKey(Ranking)).Evaluations.ToDictionary(evaluation => evaluation.Step);
        var losses = progress.EvalLosses.Select(loss => (loss.Step, loss.Loss)).Concat(saved.Values.Where(one => !one.IsFinite).Select(one => (one.Step, Loss: one.Value)));
        foreach (var (step, loss) in losses.OrderBy(one => one.Step))
        {
            // A log has it first, as a float; the state file's is the same one.
            if (_evaluated.TryGetValue(step, out var told) && (told.Equals(loss) || (float)told == (float)loss || Math.Abs(told - loss) <= 1e-4)) continue;
            _evaluated[step] = loss;
            if (isFirst) continue;
            news.Add(saved.TryGetValue(step, out var evaluation)
                ? new Evaluated(now, step, evaluation.Epoch, loss, evaluation.TrainLoss)
                : new Evaluated(now, step, progress.Step == step ? progress.Epoch : null, loss, TrainLoss: null));
        }
    }

    private void TellBest(DateTimeOffset now, List<FollowEvent> news)
    {
        if (Ranking is not { Recommended: { } best, Runs: [var run, ..] }) return;
        if (_best is null || !IsSame(best, _best)) news.Add(new NewBest(now, best, _best, Why(run, best)));
        _best = best;
    }

    private string Why(RunRanking run, RankedCheckpoint best)
    {
        var reasons = string.Join(' ', RankingReasons.For(run, best).Where(reason => reason.Code is "place" or "eval-loss").Select(reason => reason.Message));
        return _best is { } before && !run.Checkpoints.Any(other => KeptPath.NameOf(other.Checkpoint.Path) == KeptPath.NameOf(before.Checkpoint.Path))
            ? $"{before.Checkpoint.Path}, the best before, is gone or of another run. {reasons}"
            : reasons;
    }

    /// <summary>The kept copy of a checkpoint is that checkpoint.</summary>
    private static bool IsSame(RankedCheckpoint a, RankedCheckpoint b) =>
        KeptPath.NameOf(a.Checkpoint.Path) == KeptPath.NameOf(b.Checkpoint.Path) && a.Scored?.Value.Equals(b.Scored?.Value) == true;
}
