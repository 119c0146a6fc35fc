using System.CommandLine;
using Podium.Cli.Client;
using Podium.Cli.CommandLine;
using Podium.Cli.Output;

namespace Podium.Cli.Tokens;

/// <summary><c>podium token revoke</c>.</summary>
internal static class RevokeTokenCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "The token's name." };
        var command = new Command("revoke", "Takes a token back: from now on the server refuses it.") { name };
        command.SetAction(result =>
        {
            using var client = PodiumClient.FromEnvironment();
            client.Delete(TokenPath.Of(result.GetValue(name)!));
            Terminal.Out.WriteLine($"The token '{result.GetValue(name)}' is revoked.");
        });
        return command.WithExamples(("No longer", "podium token revoke anna"));
    }
}
