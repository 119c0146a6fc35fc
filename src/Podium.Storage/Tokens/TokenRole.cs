namespace Podium.Storage.Tokens;

/// <summary>What a token may do, as it is kept.</summary>
public static class TokenRole
{
    /// <summary>Reads.</summary>
    public const string Viewer = "viewer";

    /// <summary>Makes jobs, reports, imports, changes and deploys besides.</summary>
    public const string Operator = "operator";

    /// <summary>Makes and revokes tokens besides.</summary>
    public const string Admin = "admin";

    /// <summary>Reports to one job and reads it.</summary>
    public const string Job = "job";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Viewer, Operator, Admin, Job];
}
