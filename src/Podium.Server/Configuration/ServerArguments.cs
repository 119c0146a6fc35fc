using System.CommandLine;

namespace Podium.Server.Configuration;

/// <summary>The flags of <c>podium-server</c>. Each can stand in the environment (<c>PODIUM_DATA</c>) or in a file (<c>--config</c>) too; a flag wins.</summary>
internal sealed class ServerArguments
{
    private const string EnvironmentPrefix = "PODIUM_";

    private readonly Option<string?> _config = new("--config") { Description = "A JSON file with the same settings, e.g. {\"data\": \"/var/lib/podium\"}.", HelpName = "FILE" };
    private readonly Option<string?> _data = new("--data") { Description = "Where the database, artifacts and keys lie. Default: podium-data.", HelpName = "DIR" };
    private readonly Option<string?> _urls = new("--urls") { Description = "Where to listen. Default: http://127.0.0.1:5710.", HelpName = "URL" };
    private readonly Option<string?> _database = new("--database") { Description = "A PostgreSQL connection string, for several servers. Default: SQLite in the data folder.", HelpName = "CONNECTION" };
    private readonly Option<string[]> _runs = new("--runs") { Description = "A folder at or below which run folders may lie; can be given several times.", HelpName = "DIR", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string[]> _map = new("--map") { Description = "Where a trainer's folder is mounted here: /outputs=/mnt/runs; can be given several times.", HelpName = "THERE=HERE" };
    private readonly Option<string?> _models = new("--models") { Description = "Where models lie.", HelpName = "DIR" };
    private readonly Option<string?> _strategy = new("--strategy") { Description = "How jobs without a strategy of their own are ranked. Default: multi-metric.", HelpName = "STRATEGY" };
    private readonly Option<string?> _pathBase = new("--path-base") { Description = "Serve everything below a prefix, e.g. /podium.", HelpName = "PREFIX" };

    /// <summary>Makes the command.</summary>
    /// <param name="serve">Serves, and says with which exit code to end.</param>
    public RootCommand Create(Func<ServerOptions, CancellationToken, Task<int>> serve)
    {
        var root = new RootCommand("Keeps training jobs, their metrics and their best checkpoints, and serves them.") { _config, _data, _urls, _database, _runs, _map, _models, _strategy, _pathBase };
        root.SetAction((result, cancellation) => serve(Read(result), cancellation));
        return root;
    }

    private ServerOptions Read(ParseResult result)
    {
        var file = result.GetValue(_config) ?? Environment.GetEnvironmentVariable($"{EnvironmentPrefix}CONFIG");
        var settings = new ConfigurationBuilder();
        if (file is not null) settings.AddJsonFile(Path.GetFullPath(file), optional: false);
        settings.AddEnvironmentVariables(EnvironmentPrefix);
        settings.AddInMemoryCollection(Given(result));
        var usual = new ServerOptions();
        var told = settings.Build();
        return usual with
        {
            Data = told["data"] ?? usual.Data,
            Urls = told["urls"] ?? usual.Urls,
            Database = told["database"],
            Runs = Several(told, "runs"),
            Map = Several(told, "map"),
            Models = told["models"],
            Strategy = told["strategy"] ?? usual.Strategy,
            PathBase = told["path_base"] ?? told["path-base"] ?? usual.PathBase,
            AdminToken = told["admin_token"],
            Limits = told.GetSection("limits").Get<ServerLimits>() ?? usual.Limits,
        };
    }

    private Dictionary<string, string?> Given(ParseResult result)
    {
        Dictionary<string, string?> given = new(StringComparer.Ordinal);
        foreach (var (name, option) in (ReadOnlySpan<(string, Option<string?>)>)[("data", _data), ("urls", _urls), ("database", _database), ("models", _models), ("strategy", _strategy), ("path_base", _pathBase)])
            if (result.GetValue(option) is { } value)
                given[name] = value;
        foreach (var (name, option) in (ReadOnlySpan<(string, Option<string[]>)>)[("runs", _runs), ("map", _map)])
            if (result.GetValue(option) is { Length: > 0 } values)
                given[name] = string.Join(Path.PathSeparator, values);

        return given;
    }

    /// <summary>A list of a file, or one text with several parts, as PATH has them.</summary>
    private static string[] Several(IConfiguration settings, string name) =>
        settings[name] is { Length: > 0 } text
            ? text.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            : settings.GetSection(name).Get<string[]>() ?? [];
}
