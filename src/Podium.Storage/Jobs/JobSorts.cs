namespace Podium.Storage.Jobs;

/// <summary>The orders of jobs: their names on the wire, and what they are in a statement.</summary>
public static class JobSorts
{
    private static readonly (JobSort Sort, string Name, bool IsAscending)[] Known =
    [
        (JobSort.Created, "created", false),
        (JobSort.Updated, "updated", false),
        (JobSort.Name, "name", true),
        (JobSort.Status, "status", true),
        (JobSort.Progress, "progress", false),
        (JobSort.BestEvalLoss, "best_eval_loss", true),
        (JobSort.EvalLoss, "eval_loss", true),
        (JobSort.Remaining, "remaining", true),
    ];

    /// <summary>The names of all.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Select(known => known.Name)];

    /// <summary>Finds the order of a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="sort">The order.</param>
    /// <returns>Whether there is one.</returns>
    public static bool TryFind(string name, out JobSort sort)
    {
        sort = Known.FirstOrDefault(known => known.Name == name).Sort;
        return Names.Contains(name, StringComparer.Ordinal);
    }

    /// <summary>The name of an order.</summary>
    /// <param name="sort">The order.</param>
    public static string NameOf(this JobSort sort) => Known.Single(known => known.Sort == sort).Name;

    /// <summary>Whether the lowest comes first unless told otherwise: the newest, the one that is furthest, the lowest loss, the first to be done.</summary>
    /// <param name="sort">The order.</param>
    public static bool IsAscending(this JobSort sort) => Known.Single(known => known.Sort == sort).IsAscending;

    /// <summary>The order in a statement.</summary>
    /// <param name="query">What was asked.</param>
    /// <param name="lowered">Writes that a text is compared in small letters.</param>
    internal static string Statement(JobQuery query, Func<string, string> lowered)
    {
        var direction = query.Ascending ?? query.Sort.IsAscending() ? "ASC" : "DESC";
        // An index stands ready for this one, backwards as well.
        if (query.Sort == JobSort.Created) return $"created_at {direction}, job_id {direction}";
        var column = query.Sort switch
        {
            JobSort.Updated => "updated_at",
            JobSort.Name => lowered("COALESCE(job_name, job_id)"),
            JobSort.Status => "status",
            JobSort.Progress => "progress",
            JobSort.BestEvalLoss => "best_eval_loss",
            JobSort.EvalLoss => "eval_loss",
            JobSort.Remaining => $"CASE WHEN status = '{JobStatus.Running}' THEN remaining_seconds END",
            _ => throw new ArgumentOutOfRangeException(nameof(query), query.Sort, "No such order."),
        };
        return $"{column} {direction} NULLS LAST, created_at DESC, job_id DESC";
    }
}
