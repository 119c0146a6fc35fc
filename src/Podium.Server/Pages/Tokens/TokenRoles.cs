using Podium.Storage.Tokens;

namespace Podium.Server.Pages.Tokens;

/// <summary>What the roles may do, in a sentence each.</summary>
internal static class TokenRoles
{
    public static IReadOnlyList<(string Role, string May)> All { get; } =
    [
        (TokenRole.Viewer, "Sees all jobs and checkpoints, and changes nothing. For people who watch."),
        (TokenRole.Operator, "Makes, imports and changes jobs besides, and reports to any of them. For people who train, and for trainers that make their own jobs (MLflow)."),
        (TokenRole.Admin, "Makes and revokes tokens besides. For whoever runs this server."),
        (TokenRole.Job, "Reports to one job and reads it, and knows of no other. For a trainer on a machine that is not trusted; it cannot sign in to these pages."),
    ];
}
