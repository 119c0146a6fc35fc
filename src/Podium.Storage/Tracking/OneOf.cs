using Dapper;

namespace Podium.Storage.Tracking;

/// <summary>A list of values for IN, each a parameter of its own: Dapper makes an array of them for PostgreSQL, which SQLite has not.</summary>
internal static class OneOf
{
    // SQLite takes some thirty thousand parameters a statement, other builds of it 999.
    private const int MostAtOnce = 500;

    /// <summary>Cuts values into lists that a statement can take.</summary>
    /// <returns>Of each, what stands behind IN, and its parameters.</returns>
    public static IEnumerable<(string List, DynamicParameters Parameters)> Of<T>(IEnumerable<T> values)
    {
        foreach (var some in values.Distinct().Chunk(MostAtOnce))
        {
            var parameters = new DynamicParameters();
            for (var i = 0; i < some.Length; i++) parameters.Add($"one{i}", some[i]);
            yield return ($"({string.Join(", ", Enumerable.Range(0, some.Length).Select(i => $"@one{i}"))})", parameters);
        }
    }
}
