namespace Podium.Server.Access;

/// <summary>What a token may do. Each may do what the ones before it may; a job's own token is beside them.</summary>
internal enum Role
{
    /// <summary>Reads.</summary>
    Viewer,

    /// <summary>Makes jobs, reports, imports, changes and deploys.</summary>
    Operator,

    /// <summary>Makes and revokes tokens besides.</summary>
    Admin,

    /// <summary>Reports to one job and reads it.</summary>
    Job,
}

/// <summary>Who calls.</summary>
/// <param name="Name">The token's name, for events.</param>
/// <param name="Role">What it may do.</param>
/// <param name="JobId">The one job of a job's own token; null for all others.</param>
internal sealed record Caller(string Name, Role Role, string? JobId)
{
    /// <summary>Whether it may know of a job at all.</summary>
    public bool MayRead(string jobId) => Role != Role.Job || JobId == jobId;

    /// <summary>Whether it may report to a job.</summary>
    public bool MayReport(string jobId) => Role is Role.Operator or Role.Admin || (Role == Role.Job && JobId == jobId);

    /// <summary>Lets a handler have the caller among its parameters.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext context) => ValueTask.FromResult<Caller?>(context.Caller());
}

/// <summary>The policies that endpoints ask for.</summary>
internal static class Policies
{
    /// <summary>Any token. Endpoints about one job ask <see cref="Caller.MayRead"/> besides, and answer 404.</summary>
    public const string Read = "read";

    /// <summary>An operator, an administrator, or a job's own token, which <see cref="Caller.MayReport"/> holds to its job.</summary>
    public const string Report = "report";

    /// <summary>An operator or an administrator.</summary>
    public const string Operate = "operate";

    /// <summary>An administrator.</summary>
    public const string Administer = "administer";
}
