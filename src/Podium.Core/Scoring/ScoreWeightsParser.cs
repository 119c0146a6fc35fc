using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Podium.Scoring;

/// <summary>Reads weights as people write them.</summary>
public static class ScoreWeightsParser
{
    /// <summary>How weights are written, for messages and help.</summary>
    public const string Syntax = "eval_loss=0.5,overfitting=0.3,perplexity=0.1,improvement=0.1";

    private static readonly string[] Names = ["eval_loss", "overfitting", "perplexity", "improvement"];

    /// <summary>Reads <c>eval_loss=0.7,overfitting=0.2</c> (what is not named keeps its published weight) or four numbers in that order.</summary>
    /// <param name="text">The weights.</param>
    /// <param name="weights">What was read.</param>
    /// <param name="error">What is wrong and what would be right; empty where nothing is.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out ScoreWeights? weights, out string error)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        var named = text.Contains('=', StringComparison.Ordinal);
        weights = null;
        if (!named && parts.Length != Names.Length)
        {
            error = $"'{text}' are no weights: give {Syntax}, or four numbers in that order.";
            return false;
        }

        List<(string, string)> pairs = [];
        for (var i = 0; i < parts.Length; i++)
        {
            var equals = parts[i].IndexOf('=', StringComparison.Ordinal);
            pairs.Add(named ? (equals < 0 ? "" : parts[i][..equals].Trim(), parts[i][(equals + 1)..].Trim()) : (Names[i], parts[i]));
        }

        return TryMake(pairs, out weights, out error);
    }

    /// <summary>Makes weights of names and numbers, e.g. those of a configuration file.</summary>
    /// <param name="pairs">Names and numbers as they were written; what is not named keeps its published weight.</param>
    /// <param name="weights">What was read.</param>
    /// <param name="error">What is wrong and what would be right; empty where nothing is.</param>
    public static bool TryMake(IEnumerable<(string Name, string Number)> pairs, [NotNullWhen(true)] out ScoreWeights? weights, out string error)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        var standing = ScoreWeights.Default;
        double[] values = [standing.EvalLoss, standing.Overfitting, standing.Perplexity, standing.Improvement];
        weights = null;
        foreach (var (name, number) in pairs)
        {
            var index = Array.IndexOf(Names, name);
            if (index < 0)
            {
                error = $"'{name}' is no part of the score. The parts are: {string.Join(", ", Names)}.";
                return false;
            }

            if (!double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out values[index]) || !double.IsFinite(values[index]) || values[index] < 0)
            {
                error = $"'{number}' is no weight for {name}: give a number of at least 0.";
                return false;
            }
        }

        if (Array.TrueForAll(values, value => value == 0))
        {
            error = "All weights are 0: at least one must be above.";
            return false;
        }

        weights = new ScoreWeights(values[0], values[1], values[2], values[3]);
        error = "";
        return true;
    }
}
