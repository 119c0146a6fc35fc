using System.Text.Json;

namespace Podium.Load.Server;

/// <summary>A token for each connection, as each trainer has its own: the server limits what a single one may ask in a second.</summary>
internal static class Tokens
{
    public static async Task<string[]> MakeAsync(Uri server, string name, int count)
    {
        var tokens = new string[count];
        for (var i = 0; i < count; i++)
        {
            using var answer = JsonDocument.Parse(await Jobs.AskAsync(server, ServerProcess.Token, "POST", "/api/tokens", $"{{\"name\":\"{name}-{i + 1}\",\"role\":\"operator\"}}"));
            tokens[i] = answer.RootElement.GetProperty("token").GetString()!;
        }

        return tokens;
    }
}
