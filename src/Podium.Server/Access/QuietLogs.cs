using Microsoft.Extensions.Options;

namespace Podium.Server.Access;

/// <summary>Keeps secrets out of logs, whatever log levels somebody sets.</summary>
internal static class QuietLogs
{
    /// <summary>Logs each request's address, and so the token of a ready link.</summary>
    private const string Addresses = "Microsoft.AspNetCore.Hosting.Diagnostics";

    /// <summary>Warns that the keys of cookies are not encrypted; <see cref="Storage.Tokens.ProtectionKeyStore"/> says why that is right.</summary>
    private const string Keys = "Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager";

    public static void AddQuietLogs(this IServiceCollection services) =>
        // Behind all other settings, and around each of them: of several rules the most exact one counts, and ours may not be that.
        services.AddSingleton<IPostConfigureOptions<LoggerFilterOptions>>(new PostConfigureOptions<LoggerFilterOptions>(Options.DefaultName, static filters =>
        {
            var rules = filters.Rules.Select(rule => new LoggerFilterRule(rule.ProviderName, rule.CategoryName, rule.LogLevel, (provider, category, level) =>
                IsAllowed(category, level) && (rule.Filter?.Invoke(provider, category, level) ?? true))).ToArray();
            filters.Rules.Clear();
            foreach (var rule in rules) filters.Rules.Add(rule);
            if (!Array.Exists(rules, static rule => rule is { ProviderName: null, CategoryName: null }))
                filters.Rules.Add(new LoggerFilterRule(null, null, filters.MinLevel, static (_, category, level) => IsAllowed(category, level)));
        }));

    private static bool IsAllowed(string? category, LogLevel level) => category switch
    {
        Addresses => level >= LogLevel.Warning,
        Keys => level >= LogLevel.Error,
        _ => true,
    };
}
