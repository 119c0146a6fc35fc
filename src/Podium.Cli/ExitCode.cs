namespace Podium.Cli;

/// <summary>What the process says to the shell. Scripts rely on these: they never change.</summary>
/// <remarks>
/// Ctrl-C ends what only reads by its signal, which a shell reports as 130; what has to clean up first then ends with
/// <see cref="Interrupted"/>.
/// </remarks>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>Failed: a path is missing or cannot be read.</summary>
    public const int Failed = 1;

    /// <summary>Wrong arguments, or a metric that is not there.</summary>
    public const int WrongArguments = 2;

    /// <summary>There is nothing to recommend. The answer is printed all the same.</summary>
    public const int NothingToRecommend = 3;

    /// <summary>Ended by Ctrl-C, after cleaning up.</summary>
    public const int Interrupted = 130;
}
