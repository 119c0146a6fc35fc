using System.Text.Json;
using Podium.Cli.Client;
using Podium.Cli.Output;

namespace Podium.Cli.Tokens;

/// <summary>Tokens as a table, without their secrets.</summary>
internal static class TokenTable
{
    /// <summary>A table with a row for each token.</summary>
    /// <param name="tokens">What the server answered.</param>
    /// <param name="now">What is over by now stands back.</param>
    public static ResultTable Of(IEnumerable<JsonElement> tokens, DateTimeOffset now)
    {
        var table = new ResultTable(
            new("name", "name", GivesWay: true),
            new("role", "role"),
            new("job", "job_id", Dispensable: 1, GivesWay: true),
            new("made", "created_at", Dispensable: 3),
            new("expires", "expires_at", Dispensable: 1),
            new("last used", "last_used_at", Dispensable: 2));
        foreach (var token in tokens)
        {
            table.Add(
                token.TryGetProperty("expires_at", out var expires) && expires.ValueKind == JsonValueKind.String && expires.TryGetDateTimeOffset(out var end) && end <= now ? Ink.Quiet : Ink.Plain,
                token.Text("name") ?? "",
                token.Text("role") ?? "",
                token.Text("job_id") ?? "",
                token.Time("created_at"),
                token.Time("expires_at"),
                token.Time("last_used_at"));
        }

        return table;
    }
}
