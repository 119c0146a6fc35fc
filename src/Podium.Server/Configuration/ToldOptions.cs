using System.Collections;

namespace Podium.Server.Configuration;

/// <summary>What flags, environment and file say together.</summary>
/// <param name="Options">The options, as far as they can be read.</param>
/// <param name="Faults">What cannot be read, in sentences.</param>
internal sealed record ToldOptions(ServerOptions Options, IReadOnlyList<string> Faults)
{
    private const string EnvironmentPrefix = "PODIUM_";

    /// <summary>Sections that the web server reads itself: certificates and log levels.</summary>
    private static readonly string[] OfTheFramework = ["Kestrel", "Logging"];

    /// <summary>Reads all three.</summary>
    /// <param name="file">The file; null: the one of <c>PODIUM_CONFIG</c>, or none.</param>
    /// <param name="flags">The flags by the names of their settings.</param>
    /// <param name="environment">The environment.</param>
    public static ToldOptions Read(string? file, IReadOnlyDictionary<string, string[]> flags, IDictionary environment)
    {
        List<string> faults = [];
        var variables = environment.Cast<DictionaryEntry>()
            .Where(variable => ((string)variable.Key).StartsWith(EnvironmentPrefix, StringComparison.OrdinalIgnoreCase))
            .ToDictionary(variable => ((string)variable.Key)[EnvironmentPrefix.Length..].Replace("__", ":", StringComparison.Ordinal), variable => (string?)variable.Value, StringComparer.OrdinalIgnoreCase);
        file ??= variables.GetValueOrDefault("config") is { Length: > 0 } told ? told : null;
        var inFile = ReadFile(file, faults);
        var all = new Told(flags, new ConfigurationBuilder().AddInMemoryCollection(variables).Build(), inFile);

        var usual = new ServerOptions();
        var options = usual with
        {
            Data = all.One(Setting.Data) ?? usual.Data,
            Urls = all.One(Setting.Urls) ?? usual.Urls,
            Database = all.One(Setting.Database),
            // As PATH has them.
            Runs = all.Several(Setting.Runs, Path.PathSeparator),
            Map = all.Several(Setting.Map, Path.PathSeparator),
            Models = all.One(Setting.Models),
            Strategy = all.One(Setting.Strategy) ?? usual.Strategy,
            PathBase = all.One(Setting.PathBase) ?? usual.PathBase,
            AdminToken = all.One(Setting.AdminToken),
            TrustedProxies = all.Several(Setting.TrustedProxies, ','),
            ConfigFile = file,
            Limits = LimitSettings.Read(key => all.One($"{Setting.Limits}:{key}"), all.Keys(Setting.Limits), faults),
        };
        return new ToldOptions(options, faults);
    }

    private static IConfiguration ReadFile(string? file, List<string> faults)
    {
        var empty = new ConfigurationBuilder().Build();
        if (file is null) return empty;
        if (!File.Exists(file))
        {
            faults.Add($"--config: there is no file '{file}'.");
            return empty;
        }

        try
        {
            var settings = new ConfigurationBuilder().AddJsonFile(Path.GetFullPath(file), optional: false).Build();
            foreach (var section in settings.GetChildren())
                if (!Setting.All.Contains(section.Key, StringComparer.OrdinalIgnoreCase) && !OfTheFramework.Contains(section.Key, StringComparer.OrdinalIgnoreCase))
                    faults.Add($"--config: '{file}' has the setting '{section.Key}', which there is not. There are {string.Join(", ", Setting.All)}.");
            return settings;
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            // The innermost says in which line.
            faults.Add($"--config: '{file}' cannot be read: {failure.GetBaseException().Message}");
            return empty;
        }
    }

    /// <summary>The three, the strongest first. A list is taken from one of them whole.</summary>
    private sealed class Told(IReadOnlyDictionary<string, string[]> flags, IConfiguration environment, IConfiguration file)
    {
        public string? One(string name) =>
            flags.TryGetValue(name, out var given) ? given[0] : NonEmpty(environment[name]) ?? NonEmpty(file[name]);

        public string[] Several(string name, char separator)
        {
            if (flags.TryGetValue(name, out var given)) return given;
            foreach (var source in (IConfiguration[])[environment, file])
            {
                if (NonEmpty(source[name]) is { } text) return text.Split(separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
                if (source.GetSection(name).GetChildren().ToArray() is { Length: > 0 } items) return [.. items.Select(item => item.Value ?? "")];
            }

            return [];
        }

        /// <summary>The names below a section.</summary>
        public IEnumerable<string> Keys(string section) => environment.GetSection(section).GetChildren().Concat(file.GetSection(section).GetChildren()).Select(child => child.Key);

        private static string? NonEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
    }
}
