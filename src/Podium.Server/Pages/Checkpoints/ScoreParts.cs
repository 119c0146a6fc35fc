using Podium.Server.Listing;
using Podium.Server.Pages.Words;

namespace Podium.Server.Pages.Checkpoints;

/// <summary>The parts of scores, as they are drawn and said.</summary>
internal static class ScoreParts
{
    /// <summary>The parts that have a colour of their own.</summary>
    private static readonly string[] Known = ["eval_loss", "overfitting", "perplexity", "improvement"];

    /// <summary>The part's word in names of classes and ids.</summary>
    public static string ClassOf(string part) => Array.IndexOf(Known, part) >= 0 ? part.Replace('_', '-') : "other";

    /// <summary>What people call it.</summary>
    public static string NameOf(string part) => part switch
    {
        "eval_loss" => "evaluation loss",
        "overfitting" => "overfitting penalty",
        "perplexity" => "perplexity penalty",
        "improvement" => "improvement bonus",
        _ => part,
    };

    /// <summary>The figure of a part: a bonus that was not earned is 0, without the sign of what is taken off.</summary>
    public static string FigureOf(double? value) => Figures.Loss(value == 0 ? 0 : value);

    /// <summary>A score and what it is made of, in words.</summary>
    public static string Say(ListedCheckpoint checkpoint)
    {
        if (checkpoint.Score is not { } score) return "No score.";
        return $"Score {Figures.Loss(score)}: {string.Join(", ", checkpoint.Components.Select(part => $"{NameOf(part.Key)} {FigureOf(part.Value)}"))}.";
    }
}
