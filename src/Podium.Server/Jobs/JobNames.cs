namespace Podium.Server.Jobs;

/// <summary>What a job may be called by programs: its name stands in addresses, in MLflow and in OpenAI's protocol.</summary>
internal static class JobNames
{
    /// <summary>A name that nobody has: 32 hexadecimal digits, as MLflow's run ids are.</summary>
    public static string Make() => Guid.NewGuid().ToString("N");

    /// <summary>Says what is wrong with a name.</summary>
    /// <returns>Null where nothing is.</returns>
    public static string? FaultOf(string name) =>
        name.Length == 0 ? "job_id must not be empty."
        : name is "." or ".." || name.Any(letter => !IsAllowed(letter)) ? "job_id may hold letters and digits of ASCII, '-', '_', '.' and ':', and no more."
        // Its listing would stand where the listing by ?jobId= stands.
        : name is "list" ? "job_id must not be 'list'."
        : null;

    private static bool IsAllowed(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or ':';
}
