using System.CommandLine;

namespace Podium.Cli.CommandLine;

/// <summary>What a shell proposes for an option's value.</summary>
internal static class ProposedWords
{
    /// <summary>The strategies. Some take words of one's own besides.</summary>
    public static readonly string[] Strategies = ["multi-metric", "eval-loss", "plateau", "trainer", "metric:"];

    /// <summary>Lets it propose these words, as they are typed, and no others: for an enumeration the library would propose its C# names.</summary>
    public static Option<T> Proposing<T>(this Option<T> option, params string[] words)
    {
        option.CompletionSources.Clear();
        option.CompletionSources.Add(words);
        return option;
    }
}
