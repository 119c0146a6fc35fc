using Podium.Server.Listing;

namespace Podium.Server.Pages.Checkpoints;

/// <summary>An order of the table.</summary>
/// <param name="Column">The column by which it is sorted.</param>
/// <param name="IsDescending">Whether the largest comes first; what is not known is last either way.</param>
internal sealed record CheckpointOrder(string Column, bool IsDescending)
{
    /// <summary>The ranking of the newest run, then those of the ones before it.</summary>
    public const string Rank = "rank";

    private static readonly Dictionary<string, Func<ListedCheckpoint, double?>> Columns = new(StringComparer.Ordinal)
    {
        [Rank] = static checkpoint => checkpoint.Rank,
        ["step"] = static checkpoint => checkpoint.Step,
        ["epoch"] = static checkpoint => checkpoint.Epoch,
        ["eval_loss"] = static checkpoint => checkpoint.EvalLoss,
        ["train_loss"] = static checkpoint => checkpoint.TrainLoss,
        ["score"] = static checkpoint => checkpoint.Score,
        ["size"] = static checkpoint => checkpoint.SizeBytes,
    };

    /// <summary>Reads an order; nonsense is the usual one.</summary>
    public static CheckpointOrder Of(string? text)
    {
        var column = text?.TrimStart('-');
        return column is not null && Columns.ContainsKey(column) ? new CheckpointOrder(column, text!.StartsWith('-')) : new CheckpointOrder(Rank, IsDescending: false);
    }

    /// <summary>What stands in the address for a column whose head is clicked: the other way round, if it is sorted by it already.</summary>
    public string? After(string column) => column != Column || IsDescending ? column == Rank ? null : column : $"-{column}";

    /// <summary>How a column is sorted, for its head; null where it is not.</summary>
    public string? SortOf(string column) => column != Column ? null : IsDescending ? "descending" : "ascending";

    /// <summary>Sorts checkpoints.</summary>
    public ListedCheckpoint[] Sort(IEnumerable<ListedCheckpoint> checkpoints)
    {
        var value = Columns[Column];
        var known = checkpoints.OrderBy(checkpoint => value(checkpoint) is null);
        // Ranks are those of a run: the newest run's come first.
        if (Column == Rank) known = known.ThenByDescending(checkpoint => checkpoint.Runs[^1]);
        return [.. (IsDescending ? known.ThenByDescending(value) : known.ThenBy(value)).ThenByDescending(checkpoint => checkpoint.Runs[^1]).ThenBy(checkpoint => checkpoint.Rank)];
    }
}
