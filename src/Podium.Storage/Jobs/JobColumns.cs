using System.Reflection;
using System.Text.Json;

namespace Podium.Storage.Jobs;

/// <summary>The columns of <see cref="JobRow"/>, and the statements that write them all.</summary>
internal static class JobColumns
{
    private static readonly PropertyInfo[] Properties = typeof(JobRow).GetProperties(BindingFlags.Public | BindingFlags.Instance);

    private static readonly string[] Names = [.. Properties.Select(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name))];

    private static readonly PropertyInfo[] Changing = [.. Properties.Where(property => property.Name is not nameof(JobRow.JobId))];

    static JobColumns() => Dapper.DefaultTypeMap.MatchNamesWithUnderscores = true;

    /// <summary>All of them, for a SELECT.</summary>
    public static string All { get; } = string.Join(", ", Names);

    /// <summary>Inserts a row; the parameters have the properties' names.</summary>
    public static string Insert { get; } =
        $"INSERT INTO local_training_jobs ({All}) VALUES ({string.Join(", ", Properties.Select(property => $"@{property.Name}"))})";

    /// <summary>Writes every column of a row that is there, its parameters in the order of <see cref="ValuesByPlace"/>.</summary>
    public static string UpdateByPlace { get; } =
        $"UPDATE local_training_jobs SET {string.Join(", ", Changing.Select(property => $"{JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name)} = ?"))} WHERE job_id = ?";

    /// <summary>Writes every column of a row that is there; the parameters have the properties' names.</summary>
    public static string Update { get; } =
        $"UPDATE local_training_jobs SET {string.Join(", ", Names.Zip(Properties).Where(column => column.Second.Name is not nameof(JobRow.JobId)).Select(column => $"{column.First} = @{column.Second.Name}"))} WHERE job_id = @JobId";

    /// <summary>A row's values for <see cref="UpdateByPlace"/>.</summary>
    public static IEnumerable<object?> ValuesByPlace(JobRow row)
    {
        foreach (var property in Changing) yield return property.GetValue(row);
        yield return row.JobId;
    }
}
