using System.CommandLine;

namespace Podium.Server.Configuration;

/// <summary>The flags of <c>podium-server</c>. Each can stand in the environment (<c>PODIUM_DATA</c>) or in a file (<c>--config</c>) too; a flag wins, then the environment.</summary>
internal sealed class ServerArguments
{
    private readonly Option<string?> _config = new("--config") { Description = "A JSON file with the same settings, e.g. {\"data\": \"/var/lib/podium\"}.", HelpName = "FILE" };
    private readonly Option<string?> _data = new("--data") { Description = "Where the database, artifacts and keys lie. Default: podium-data.", HelpName = "DIR" };
    private readonly Option<string?> _urls = new("--urls") { Description = "Where to listen. Default: http://127.0.0.1:5710.", HelpName = "URL" };
    private readonly Option<string?> _database = new("--database") { Description = "A PostgreSQL connection string, for several servers. Default: SQLite in the data folder.", HelpName = "CONNECTION" };
    private readonly Option<string[]> _runs = new("--runs") { Description = "A folder at or below which run folders may lie; can be given several times.", HelpName = "DIR", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string[]> _map = new("--map") { Description = "Where a trainer's folder is mounted here: /outputs=/mnt/runs; can be given several times.", HelpName = "THERE=HERE" };
    private readonly Option<string?> _models = new("--models") { Description = "Where models lie. Not used yet: it comes with deployment.", HelpName = "DIR" };
    private readonly Option<string?> _strategy = new("--strategy") { Description = "How jobs without a strategy of their own are ranked. Default: multi-metric.", HelpName = "STRATEGY" };
    private readonly Option<string?> _pathBase = new("--path-base") { Description = "Serve everything below a prefix, e.g. /podium.", HelpName = "PREFIX" };
    private readonly Option<string[]> _trustedProxies = new("--trusted-proxies") { Description = "A proxy elsewhere whose word is taken for who calls: 10.0.0.7 or 10.0.0.0/8; can be given several times.", HelpName = "ADDRESS" };

    /// <summary>Makes the command.</summary>
    /// <param name="serve">Serves, and says with which exit code to end.</param>
    public RootCommand Create(Func<ToldOptions, CancellationToken, Task<int>> serve)
    {
        var root = new RootCommand("Keeps training jobs, their metrics and their best checkpoints, and serves them.") { _config, _data, _urls, _database, _runs, _map, _models, _strategy, _pathBase, _trustedProxies };
        root.SetAction((result, cancellation) => serve(Read(result), cancellation));
        return root;
    }

    private ToldOptions Read(ParseResult result)
    {
        Dictionary<string, string[]> flags = new(StringComparer.Ordinal);
        foreach (var (name, option) in (ReadOnlySpan<(string, Option<string?>)>)
            [(Setting.Data, _data), (Setting.Urls, _urls), (Setting.Database, _database), (Setting.Models, _models), (Setting.Strategy, _strategy), (Setting.PathBase, _pathBase)])
            if (result.GetValue(option) is { } value)
                flags[name] = [value];
        foreach (var (name, option) in (ReadOnlySpan<(string, Option<string[]>)>)[(Setting.Runs, _runs), (Setting.Map, _map), (Setting.TrustedProxies, _trustedProxies)])
            if (result.GetValue(option) is { Length: > 0 } values)
                flags[name] = values;
        return ToldOptions.Read(result.GetValue(_config), flags, Environment.GetEnvironmentVariables());
    }
}
