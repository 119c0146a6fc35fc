using System.Data.Common;
using Dapper;

namespace Podium.Storage.Tracking;

/// <summary>A table of texts by keys that belong to something: tags, and params.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="Owner">The column that says to what they belong.</param>
internal sealed record KeyValueTable(string Table, string Owner)
{
    public static KeyValueTable ExperimentTags { get; } = new("experiment_tags", "experiment_id");

    public static KeyValueTable RunParams { get; } = new("run_params", "job_id");

    public static KeyValueTable RunTags { get; } = new("run_tags", "job_id");

    public static KeyValueTable ModelParams { get; } = new("logged_model_params", "model_id");

    public static KeyValueTable ModelTags { get; } = new("logged_model_tags", "model_id");

    /// <summary>Writes them; what is there under a key is replaced.</summary>
    public void Write<T>(T owner, IEnumerable<KeyValuePair<string, string>> values, DbConnection connection, DbTransaction transaction)
    {
        foreach (var (key, value) in values)
        {
            connection.Execute(
                $"INSERT INTO {Table} ({Owner}, key, value) VALUES (@owner, @key, @value) ON CONFLICT ({Owner}, key) DO UPDATE SET value = excluded.value",
                new { owner, key, value },
                transaction);
        }
    }

    /// <summary>Deletes one.</summary>
    /// <returns>False where there is none of this key.</returns>
    public bool Delete<T>(T owner, string key, DbConnection connection, DbTransaction transaction) =>
        connection.Execute($"DELETE FROM {Table} WHERE {Owner} = @owner AND key = @key", new { owner, key }, transaction) > 0;

    /// <summary>Reads one; null where there is none of this key.</summary>
    public string? Find<T>(T owner, string key, DbConnection connection, DbTransaction? transaction) =>
        connection.QuerySingleOrDefault<string>($"SELECT value FROM {Table} WHERE {Owner} = @owner AND key = @key", new { owner, key }, transaction);

    /// <summary>Reads those of one owner.</summary>
    public Dictionary<string, string> Of<T>(T owner, DbConnection connection, DbTransaction transaction) =>
        connection.Query<(string Key, string Value)>($"SELECT key, value FROM {Table} WHERE {Owner} = @owner", new { owner }, transaction)
            .ToDictionary(row => row.Key, row => row.Value, StringComparer.Ordinal);

    /// <summary>Reads those of several owners.</summary>
    public async Task<ILookup<T, KeyValuePair<string, string>>> ReadAsync<T>(IEnumerable<T> owners, DbConnection connection, CancellationToken cancellation)
    {
        List<(T Owner, string Key, string Value)> rows = [];
        foreach (var (list, parameters) in OneOf.Of(owners))
        {
            rows.AddRange(await connection.QueryAsync<(T Owner, string Key, string Value)>(new CommandDefinition(
                $"SELECT {Owner}, key, value FROM {Table} WHERE {Owner} IN {list} ORDER BY key", parameters, cancellationToken: cancellation)));
        }

        return rows.ToLookup(row => row.Owner, row => new KeyValuePair<string, string>(row.Key, row.Value));
    }
}
