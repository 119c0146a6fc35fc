using System.CommandLine;

namespace Podium.Cli.CommandLine;

/// <summary>The folders that commands take.</summary>
internal static class DirectoryArguments
{
    public static Argument<string[]> Several() => RefusingOptions(new Argument<string[]>("DIR")
    {
        Description = "A folder of checkpoints, a checkpoint, or a folder with such folders below it.",
        Arity = ArgumentArity.OneOrMore,
    });

    public static Argument<string> One() => RefusingOptions(new Argument<string>("DIR") { Description = "A folder of checkpoints." });

    /// <summary>The parser takes an option that it does not know for a folder. That is a wrong argument, and no folder that is missing.</summary>
    private static T RefusingOptions<T>(T argument)
        where T : Argument
    {
        argument.Validators.Add(static result =>
        {
            foreach (var word in result.Tokens.Select(token => token.Value))
                if (word is ['-', _, ..] && !Path.Exists(word))
                    result.AddError($"There is no option '{word}'.");
        });
        return argument;
    }
}
