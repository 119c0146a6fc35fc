namespace Podium.Storage.Jobs;

/// <summary>Which jobs to read, in which order, and how many.</summary>
public sealed record JobQuery
{
    /// <summary>Only those of these statuses; none: all.</summary>
    public IReadOnlyList<string> Statuses { get; init; } = [];

    /// <summary>Only those with this in one of their names, in large or small letters; null or empty: all.</summary>
    public string? Text { get; init; }

    /// <summary>Only this one; null: all.</summary>
    public string? JobId { get; init; }

    /// <summary>What they are sorted by. Those that have nothing there come last, and of equals the newest first.</summary>
    public JobSort Sort { get; init; }

    /// <summary>Whether the lowest comes first; null: as one would want to see it, see <see cref="JobSorts.IsAscending"/>.</summary>
    public bool? Ascending { get; init; }

    /// <summary>How many at most.</summary>
    public int Limit { get; init; } = int.MaxValue;

    /// <summary>How many to pass over.</summary>
    public int Offset { get; init; }
}

/// <summary>What jobs can be sorted by.</summary>
public enum JobSort
{
    /// <summary>When they became known.</summary>
    Created,

    /// <summary>When anything of them last changed.</summary>
    Updated,

    /// <summary>Their name for people, or else that for programs; large and small letters are the same.</summary>
    Name,

    /// <summary>Their status, by its letters.</summary>
    Status,

    /// <summary>How far they are.</summary>
    Progress,

    /// <summary>The evaluation loss of their best checkpoint.</summary>
    BestEvalLoss,

    /// <summary>Their newest evaluation loss.</summary>
    EvalLoss,

    /// <summary>How long they will still take; those that do not run have nothing there.</summary>
    Remaining,
}
