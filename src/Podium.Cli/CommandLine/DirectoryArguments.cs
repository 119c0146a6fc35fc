using System.CommandLine;

namespace Podium.Cli.CommandLine;

/// <summary>The folders that commands take.</summary>
internal static class DirectoryArguments
{
    public static Argument<string[]> Several() => new("DIR")
    {
        Description = "A folder of checkpoints, a checkpoint, or a folder with such folders below it.",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Argument<string> One() => new("DIR") { Description = "A folder of checkpoints." };
}
