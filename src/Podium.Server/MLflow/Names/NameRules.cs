using Podium.Server.MLflow.Calls;

namespace Podium.Server.MLflow.Names;

/// <summary>Which names MLflow takes, and how long texts may be.</summary>
internal static class NameRules
{
    /// <summary>Characters of a key.</summary>
    public const int LongestKey = 250;

    /// <summary>Characters of an experiment's name.</summary>
    public const int LongestExperiment = 500;

    private const int LongestParam = 6_000;
    private const int LongestTag = 8_000;

    /// <summary>Refuses a key that MLflow refuses.</summary>
    /// <param name="key">The key.</param>
    /// <param name="what">What it is the key of: Metric, Param, Tag.</param>
    public static void CheckKey(string key, string what)
    {
        if (key.Length == 0) throw MLflowException.Missing("key");
        if (!key.All(static character => char.IsLetterOrDigit(character) || char.GetUnicodeCategory(character) is System.Globalization.UnicodeCategory.NonSpacingMark || character is '_' or '-' or '.' or ' ' or ':' or '/'))
        {
            throw MLflowException.Invalid(
                $"Invalid value \"{Shortened(key)}\" for parameter 'name' supplied: Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).");
        }

        if (!IsPlainPath(key))
        {
            throw MLflowException.Invalid(
                $"Invalid value \"{Shortened(key)}\" for parameter 'name' supplied: Names may be treated as files in certain cases, and must not resolve to other names when treated as such.");
        }

        if (key.Length > LongestKey) throw TooLong($"{what} name", LongestKey);
    }

    public static void CheckKeys(IEnumerable<KeyValuePair<string, string>> pairs, string what)
    {
        foreach (var (key, _) in pairs) CheckKey(key, what);
    }

    public static MLflowException TooLong(string what, int most) => MLflowException.Invalid($"'{what}' exceeds the maximum length of {most} characters");

    /// <summary>Cuts what is too long, as the original does.</summary>
    public static string CutParam(string value) => Cut(value, LongestParam);

    /// <summary>Cuts what is too long, as the original does.</summary>
    public static string CutTag(string value) => Cut(value, LongestTag);

    public static IReadOnlyList<KeyValuePair<string, string>> CutTags(IReadOnlyList<KeyValuePair<string, string>> tags) => [.. tags.Select(tag => new KeyValuePair<string, string>(tag.Key, CutTag(tag.Value)))];

    // Half of a pair of surrogates is no text.
    private static string Cut(string value, int most) => value.Length <= most ? value : value[..(char.IsHighSurrogate(value[most - 1]) ? most - 1 : most)];

    private static string Shortened(string key) => key.Length <= LongestKey ? key : $"{key.AsSpan(0, LongestKey)}…";

    /// <summary>Whether a name, read as a path, is that path in its shortest form and leads nowhere else.</summary>
    private static bool IsPlainPath(string name)
    {
        if (name is "." || name.StartsWith("..", StringComparison.Ordinal)) return false;
        if (!name.Contains('/', StringComparison.Ordinal)) return true;
        foreach (var part in name.Split('/'))
            if (part is "" or "." or "..")
                return false;

        return true;
    }
}
