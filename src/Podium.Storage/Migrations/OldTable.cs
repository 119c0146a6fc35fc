using System.Data.Common;
using Podium.Storage.Databases;

namespace Podium.Storage.Migrations;

/// <summary>A table whose columns and types are not known before it is looked at.</summary>
internal sealed class OldTable
{
    private static readonly string[] PlainTypes = ["bigint", "integer", "smallint", "double precision", "real", "text", "boolean", "timestamp", "date", "uuid", "character varying", "json", "jsonb"];

    private readonly string _name;
    private readonly Engine _engine;

    private OldTable(string name, Engine engine, IReadOnlyList<(string Name, string Type)> columns)
    {
        _name = name;
        _engine = engine;
        Columns = columns;
    }

    /// <summary>The columns, and how their types are called.</summary>
    public IReadOnlyList<(string Name, string Type)> Columns { get; }

    /// <summary>Looks at a table.</summary>
    public static OldTable Of(string name, Engine engine, DbConnection connection, DbTransaction transaction)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"SELECT * FROM {name} WHERE 1 = 0";
        using var reader = command.ExecuteReader();
        return new OldTable(name, engine, [.. Enumerable.Range(0, reader.FieldCount).Select(i => (reader.GetName(i), reader.GetDataTypeName(i).ToLowerInvariant()))]);
    }

    public bool Has(string column) => Columns.Any(one => one.Name.Equals(column, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads all rows; columns are found whatever the case of their names.</summary>
    /// <param name="order">The columns to order by, as far as they are there.</param>
    /// <param name="connection">The connection.</param>
    /// <param name="transaction">Its transaction.</param>
    public List<Dictionary<string, object?>> Read(string[] order, DbConnection connection, DbTransaction transaction)
    {
        var by = order.Where(Has).Select(column => Quote(Columns.First(one => one.Name.Equals(column, StringComparison.OrdinalIgnoreCase)).Name)).ToArray();
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"SELECT {string.Join(", ", Columns.Select(Readable))} FROM {_name}{(by.Length > 0 ? $" ORDER BY {string.Join(", ", by)}" : "")}";
        using var reader = command.ExecuteReader();
        List<Dictionary<string, object?>> rows = [];
        while (reader.Read())
        {
            Dictionary<string, object?> row = new(StringComparer.OrdinalIgnoreCase);
            for (var i = 0; i < Columns.Count; i++) row[Columns[i].Name] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>A column in a type that can be read: a decimal here has no NaN, and PostgreSQL has types of its users' making.</summary>
    private string Readable((string Name, string Type) column)
    {
        var name = Quote(column.Name);
        if (_engine == Engine.Sqlite || Array.Exists(PlainTypes, type => column.Type == type || column.Type.StartsWith($"{type}(", StringComparison.Ordinal) || column.Type.StartsWith($"{type} with", StringComparison.Ordinal))) return name;
        return column.Type.StartsWith("numeric", StringComparison.Ordinal) ? $"CAST({name} AS DOUBLE PRECISION) AS {name}" : $"CAST({name} AS TEXT) AS {name}";
    }

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
