namespace Podium.Server.Pages.Compare;

/// <summary>What a comparison shows, as its address says it.</summary>
/// <param name="Jobs">The jobs, each once.</param>
/// <param name="Metric">The metric that is drawn; null: the evaluation loss.</param>
/// <param name="Sort">The column by which the table is sorted; null: as the jobs were chosen.</param>
/// <param name="Order">asc or desc; null: the better ones first.</param>
/// <param name="Search">What jobs to add are searched by.</param>
/// <param name="HasAll">Whether the table has all metrics.</param>
public sealed record CompareQuery(IReadOnlyList<string> Jobs, string? Metric, string? Sort, string? Order, string? Search, bool HasAll)
{
    /// <summary>Nothing was asked for.</summary>
    public static readonly CompareQuery Nothing = new([], null, null, null, null, HasAll: false);

    // Beyond this nobody chooses by hand.
    private const int MostNamed = 100;

    /// <summary>All of it as fields of a form.</summary>
    public IEnumerable<(string Name, string Value)> Fields
    {
        get
        {
            foreach (var job in Jobs) yield return ("job", job);
            if (Metric is not null) yield return ("metric", Metric);
            if (Sort is not null) yield return ("sort", Sort);
            if (Order is not null) yield return ("order", Order);
            if (Search is not null) yield return ("search", Search);
            if (HasAll) yield return ("all", "1");
        }
    }

    /// <summary>Reads it from an address.</summary>
    public static CompareQuery Of(IQueryCollection query)
    {
        ArgumentNullException.ThrowIfNull(query);
        string? One(string name) => query[name] is [{ Length: > 0 } value, ..] ? value : null;
        return new CompareQuery(
            [.. query["job"].OfType<string>().Select(job => job.Trim()).Where(job => job.Length > 0).Distinct(StringComparer.Ordinal).Take(MostNamed)],
            One("metric"),
            One("sort"),
            One("order") is ("asc" or "desc") and var order ? order : null,
            One("search"),
            One("all") == "1");
    }

    /// <summary>The same without a job.</summary>
    public CompareQuery Without(string job) => this with { Jobs = [.. Jobs.Where(one => one != job)] };

    /// <summary>The same with one more job.</summary>
    public CompareQuery With(string job) => this with { Jobs = [.. Jobs, job] };

    /// <summary>The address that says it.</summary>
    internal string AddressOn(PageLinks links) => PageLinks.With(links.Compare, [.. Fields.Select(field => (field.Name, (string?)field.Value))]);
}
