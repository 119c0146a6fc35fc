using Podium.Storage.Jobs;

namespace Podium.Server.Jobs;

/// <summary>Which jobs somebody asks for, as it stands in an address: of the API and of the page alike.</summary>
internal static class AskedJobs
{
    private const int LongestSearch = 250;

    /// <summary>Reads what was asked.</summary>
    /// <param name="status">Statuses, with commas between; null or empty: all.</param>
    /// <param name="search">What to look for; null or empty: nothing.</param>
    /// <param name="sort">The name of an order; null or empty: the newest first.</param>
    /// <param name="order">asc or desc; null or empty: as is usual for the order.</param>
    /// <param name="query">The question.</param>
    /// <param name="fault">What is wrong, in a sentence; empty where nothing is.</param>
    /// <returns>Whether it could be read.</returns>
    public static bool TryParse(string? status, string? search, string? sort, string? order, out JobQuery query, out string fault)
    {
        query = new JobQuery();
        string[] statuses = status?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        var by = JobSort.Created;
        fault = Array.Find(statuses, one => !JobStatus.All.Contains(one, StringComparer.Ordinal)) is { } wrong ? $"status: '{wrong}' is none. There are: {string.Join(", ", JobStatus.All)}."
            : search?.Length > LongestSearch ? $"search must have at most {LongestSearch} characters."
            : !string.IsNullOrEmpty(sort) && !JobSorts.TryFind(sort, out by) ? $"sort: '{sort}' is none. There are: {string.Join(", ", JobSorts.Names)}."
            : order is not (null or "" or "asc" or "desc") ? $"order: '{order}' is none. There are: asc, desc."
            : "";
        if (fault.Length > 0) return false;
        query = new JobQuery { Statuses = statuses, Text = search?.Trim(), Sort = by, Ascending = string.IsNullOrEmpty(order) ? null : order == "asc" };
        return true;
    }
}
