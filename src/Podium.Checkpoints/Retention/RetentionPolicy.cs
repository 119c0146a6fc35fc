namespace Podium.Checkpoints.Retention;

/// <summary>What is to stay of each run; everything else may go.</summary>
public sealed record RetentionPolicy
{
    /// <summary>How many of the best of each run stay, 0 or more. Default: 1.</summary>
    public int KeepBest { get; init; } = 1;

    /// <summary>How many of the latest of each run stay (where training states are taken out: keep theirs), 0 or more. Default: 1.</summary>
    public int KeepLatest { get; init; } = 1;

    /// <summary>Checkpoints that stay whatever else is said: their names, or their paths. Default: none.</summary>
    public IReadOnlyList<string> Keep { get; init; } = [];

    /// <summary>
    /// Whether no checkpoint is deleted and only its training state is: the optimizer, the scheduler, the random states and the
    /// loss scaler, of all but the latest resumable ones. Default: false.
    /// </summary>
    public bool StripTrainingState { get; init; }

    /// <summary>Whether a checkpoint goes by a name that somebody typed: <c>checkpoint-40</c>, or the path of its folder.</summary>
    /// <param name="folder">The run folder.</param>
    /// <param name="path">The checkpoint, relative to it.</param>
    /// <param name="typed">What was typed.</param>
    public static bool IsNamed(string folder, string path, string typed)
    {
        ArgumentNullException.ThrowIfNull(path);
        var name = Path.TrimEndingDirectorySeparator(typed);
        return name == path || name == Path.GetFileName(path) || Path.GetFullPath(name) == Path.GetFullPath(Path.Combine(folder, path));
    }
}
