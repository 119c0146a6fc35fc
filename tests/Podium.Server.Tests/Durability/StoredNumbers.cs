using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Podium.Server.Tests.Durability;

/// <summary>Reads straight from the tables which numbered points are there: a view would hide one that is there twice.</summary>
internal static class StoredNumbers
{
    /// <param name="data">The data folder.</param>
    /// <param name="database">A PostgreSQL connection; null: SQLite in the data folder.</param>
    /// <param name="job">The job.</param>
    public static List<long> Of(string data, string? database, string job)
    {
        using DbConnection connection = database is null ? new SqliteConnection($"Data Source={Path.Combine(data, "podium.db")};Pooling=False") : new NpgsqlConnection(database);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT p.value FROM points p JOIN series s ON s.id = p.series_id WHERE s.job_id = @job AND s.key = 'point' ORDER BY p.value";
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("job", job);
        command.Parameters.Add(parameter);
        using var reader = command.ExecuteReader();
        List<long> numbers = [];
        while (reader.Read()) numbers.Add((long)reader.GetDouble(0));
        return numbers;
    }
}
