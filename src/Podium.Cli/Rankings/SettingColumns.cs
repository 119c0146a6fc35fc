using Podium.Cli.Output;

namespace Podium.Cli.Rankings;

/// <summary>The settings in which runs differ, as columns. They are what a sweep is about: the first one always stays.</summary>
internal static class SettingColumns
{
    public static IEnumerable<ResultColumn> Of(IReadOnlyList<string> settings) =>
        settings.Select((name, i) => new ResultColumn(Short(name), name, IsNumber: true, Dispensable: i));

    /// <summary>"learning_rate (highest)" without what stands in brackets.</summary>
    private static string Short(string name) => name.Split(" (")[0];
}
