using System.Globalization;

namespace Podium.Server.Pages.Checkpoints;

/// <summary>What an address of the page asks for. All that somebody chose stands there: it survives a reload, and can be sent to others.</summary>
public sealed record CheckpointsQuery
{
    /// <summary>Another strategy than the job's, to try it.</summary>
    public string? Strategy { get; init; }

    /// <summary>Other weights than the published ones, to try them.</summary>
    public string? Weights { get; init; }

    /// <summary>The path of the selected checkpoint; null: the best.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>The path of the one that it is compared with.</summary>
    public string? With { get; init; }

    /// <summary>A column of the table, with a minus before it for the other way round.</summary>
    public string? Sort { get; init; }

    /// <summary>The page of the table; null: the one with the selected checkpoint.</summary>
    public int? Page { get; init; }

    /// <summary>Reads an address.</summary>
    public static CheckpointsQuery Of(IQueryCollection query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return new CheckpointsQuery
        {
            Strategy = Text("strategy"),
            // A form without script sends the four weights one by one; together, with commas, they are weights as people write them.
            Weights = Text("weights"),
            Checkpoint = Text("checkpoint"),
            With = Text("with"),
            Sort = Text("sort"),
            Page = int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page > 0 ? page : null,
        };

        string? Text(string name) => query[name].ToString() is { Length: > 0 } text ? text : null;
    }

    /// <summary>What stands in the address, by name.</summary>
    public IEnumerable<(string Name, string Value)> Fields()
    {
        (string Name, string? Value)[] fields = [("strategy", Strategy), ("weights", Weights), ("checkpoint", Checkpoint), ("with", With), ("sort", Sort), ("page", Page?.ToString())];
        return fields.Where(field => field.Value is not null).Select(field => (field.Name, field.Value!));
    }
}
