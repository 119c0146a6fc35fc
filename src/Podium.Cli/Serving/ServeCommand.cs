using System.CommandLine;
using System.CommandLine.Parsing;
using Podium.Cli.CommandLine;

namespace Podium.Cli.Serving;

/// <summary><c>podium serve</c>: starts <c>podium-server</c>.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var command = new Command("serve", "Keeps training jobs, their metrics and their best checkpoints, and serves them. It runs podium-server, which takes the same options.")
        {
            // They are here for help and completion; the server reads them, with its settings file and its environment.
            One("--data", "DIR", "Where the database, artifacts and keys lie. Default: podium-data."),
            One("--urls", "URL", "Where to listen. Default: http://127.0.0.1:5710."),
            Several("--runs", "DIR", "A folder at or below which run folders may lie; can be given several times."),
            One("--strategy", "STRATEGY", "How jobs without a strategy of their own are ranked. Default: multi-metric.").Proposing(ProposedWords.Strategies),
            One("--database", "CONNECTION", "A PostgreSQL connection string, for several servers. Default: SQLite in the data folder."),
            Several("--map", "THERE=HERE", "Where a trainer's folder is mounted here: /outputs=/mnt/runs; can be given several times."),
            One("--models", "DIR", "Where models lie. Not used yet: it comes with deployment."),
            One("--path-base", "PREFIX", "Serve everything below a prefix, e.g. /podium."),
            Several("--trusted-proxies", "ADDRESS", "A proxy elsewhere whose word is taken for who calls: 10.0.0.7 or 10.0.0.0/8; can be given several times."),
            One("--config", "FILE", "A JSON file with the same settings, e.g. {\"data\": \"/var/lib/podium\"}."),
        };
        // A server that is newer than podium may know more.
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(result =>
        {
            var program = ServerProgram.Find() ?? throw new FileNotFoundException("There is no podium-server beside podium or on PATH. Install it, or in a checkout build it with dotnet build src/Podium.Server.");
            // All that was typed after "serve"; "--" says that what follows is for the server, "--help" too.
            return ServerProcess.Run(program, [.. result.Tokens.SkipWhile(token => token.Value != command.Name).Skip(1).Where(token => token.Type != TokenType.DoubleDash).Select(token => token.Value)]);
        });
        return command.WithExamples(
            ("For yourself, with the runs below a folder", "podium serve --runs ~/outputs"),
            ("Another place for its data, another port", "podium serve --data /var/lib/podium --urls http://127.0.0.1:8080 --runs /mnt/runs"),
            ("One that others reach", "PODIUM_ADMIN_TOKEN=$(openssl rand -hex 24) podium serve --urls http://0.0.0.0:5710 --runs /mnt/runs"),
            ("Several servers, one database", "podium serve --database \"Host=db;Database=podium;Username=podium\" --runs /mnt/runs"));
    }

    private static Option<string?> One(string name, string value, string description) => new(name) { Description = description, HelpName = value };

    private static Option<string[]> Several(string name, string value, string description) => new(name) { Description = description, HelpName = value, AllowMultipleArgumentsPerToken = true };
}
