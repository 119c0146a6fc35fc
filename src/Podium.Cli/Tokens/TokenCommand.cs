using System.CommandLine;
using Podium.Cli.CommandLine;

namespace Podium.Cli.Tokens;

/// <summary><c>podium token</c>: who may call the server.</summary>
internal static class TokenCommand
{
    public static Command Create() =>
        new Command("token", "Makes, lists and revokes the tokens with which people and programs call a server. It takes an administrator's token itself.")
        {
            AddTokenCommand.Create(),
            ListTokensCommand.Create(),
            RevokeTokenCommand.Create(),
        }.WithExamples(
            ("For a colleague who reads along", "podium token add anna --role viewer"),
            ("Who may call?", "podium token list"),
            ("No longer", "podium token revoke anna"));
}
