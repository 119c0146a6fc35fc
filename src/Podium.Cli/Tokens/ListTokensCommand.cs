using System.CommandLine;
using Podium.Cli.Client;
using Podium.Cli.CommandLine;
using Podium.Cli.Output;

namespace Podium.Cli.Tokens;

/// <summary><c>podium token list</c>.</summary>
internal static class ListTokensCommand
{
    public static Command Create()
    {
        var format = RankingOptions.FormatOption();
        var command = new Command("list", "Lists the tokens: whose they are, what they may do, until when, and when they were used last.") { format };
        command.SetAction(result =>
        {
            using var client = PodiumClient.FromEnvironment();
            var answer = client.Get(TokenPath.All);
            if (result.GetValue(format) == OutputFormat.Json) answer.WriteJson();
            else TokenTable.Of(answer.Items("tokens"), TimeProvider.System.GetUtcNow()).Write(result.GetValue(format));
        });
        return command.WithExamples(
            ("Who may call?", "podium token list"),
            ("Administrators, for a program", "podium token list --format json | jq -r '.tokens[] | select(.role == \"admin\").name'"));
    }
}
