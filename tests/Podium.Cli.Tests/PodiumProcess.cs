using System.Collections;

namespace Podium.Cli.Tests;

/// <summary>Runs the podium that was built with these tests, as a process of its own.</summary>
internal static class PodiumProcess
{
    /// <summary>The executable.</summary>
    public static string Executable => BuiltPrograms.Podium;

    /// <summary>Runs podium with these arguments and waits for its end.</summary>
    public static Task<ProcessRun> RunAsync(params string[] arguments) => RunAsync(arguments, workingDirectory: null);

    /// <summary>Runs podium and waits for its end. No PODIUM_… variable of the machine reaches it, and no terminal's colours or width.</summary>
    /// <param name="arguments">Passed as they stand; no shell sees them.</param>
    /// <param name="workingDirectory">The test's own where it is null.</param>
    /// <param name="environment">Set for podium alone; a null value takes a variable away.</param>
    /// <param name="input">Its standard input; null is an empty one.</param>
    /// <param name="timeout">After this podium and its children are killed and the test fails; null is two minutes.</param>
    public static Task<ProcessRun> RunAsync(
        IEnumerable<string> arguments,
        string? workingDirectory,
        IReadOnlyDictionary<string, string?>? environment = null,
        string? input = null,
        TimeSpan? timeout = null)
    {
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (DictionaryEntry inherited in Environment.GetEnvironmentVariables())
            if (IsAmbient((string)inherited.Key))
                variables[(string)inherited.Key] = null;
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
            variables[name] = value;

        return ProcessRun.StartAsync(Executable, arguments, workingDirectory, variables, input, timeout);
    }

    private static bool IsAmbient(string variable) =>
        variable.StartsWith("PODIUM_", StringComparison.Ordinal)
        || variable is "NO_COLOR" or "FORCE_COLOR" or "CLICOLOR" or "CLICOLOR_FORCE" or "COLORTERM" or "COLUMNS" or "LINES" or "TERM";
}
