using System.Globalization;

namespace Podium.Checkpoints.Verification.Shards;

/// <summary>What the name of a DeepSpeed shard says.</summary>
/// <param name="IsOptimizer">Whether it has the optimizer's state, in which ZeRO keeps the weights too.</param>
/// <param name="Rank">The process within the data parallel group; null where the file is of all of them.</param>
/// <param name="ModelRank">The part of the model; 0 where it is not divided.</param>
internal readonly record struct DeepSpeedName(bool IsOptimizer, int? Rank, int ModelRank)
{
    private const StringComparison Exactly = StringComparison.Ordinal;

    /// <summary>Reads a name such as <c>bf16_zero_pp_rank_3_mp_rank_00_optim_states.pt</c> or <c>mp_rank_00_model_states.pt</c>.</summary>
    public static DeepSpeedName? Parse(ReadOnlySpan<char> name)
    {
        var isOptimizer = name.EndsWith("_optim_states.pt", Exactly);
        if (!isOptimizer && !name.EndsWith("_model_states.pt", Exactly)) return null;
        if (NumberBehind(name, "mp_rank_") is not { } modelRank) return null;
        // Experts and pipeline stages are counted in other ways.
        if (name.Contains("expert", Exactly) || name.StartsWith("layer_", Exactly) || name.Contains("expp_", Exactly)) return null;
        return new DeepSpeedName(isOptimizer, NumberBehind(name, "zero_pp_rank_"), modelRank);
    }

    private static int? NumberBehind(ReadOnlySpan<char> name, string words)
    {
        var at = name.IndexOf(words, Exactly);
        if (at < 0) return null;
        var rest = name[(at + words.Length)..];
        var digits = rest.IndexOfAnyExceptInRange('0', '9');
        return int.TryParse(digits < 0 ? rest : rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
