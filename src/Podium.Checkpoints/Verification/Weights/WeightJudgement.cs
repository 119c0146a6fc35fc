using Podium.Checkpoints.Verification.Models;
using Podium.Checkpoints.Verification.Names;

namespace Podium.Checkpoints.Verification.Weights;

/// <summary>What a configuration says of well-formed weights.</summary>
/// <param name="Lack">Why they are only placeholders; null where they are not.</param>
/// <param name="Misspelt">Why a tensor's name must have been damaged; null where none was.</param>
internal sealed record WeightJudgement(string? Lack, string? Misspelt)
{
    private const int LongestConfig = 16 << 20;

    private static readonly WeightJudgement Nothing = new(null, null);

    /// <summary>Judges a set by what lies beside it.</summary>
    public static WeightJudgement Of(WeightSet set, Findings findings, ReadContext context)
    {
        var configPath = WeightFileName.Folder(set.Path) + "config.json";
        var config = findings.Candidate.Files.Known.FirstOrDefault(file => file.Path == configPath);
        var key = new JudgedBy(set.Index ?? (object)set.Headers[0].Header, set.IsAdapter || config is null ? 0 : config.Length);
        if (context.Judgements.TryGetValue(key, out var known)) return known;

        var judgement = set.IsAdapter ? OfAdapter(set)
            : config is not null && FilePart.Whole(findings.FullPath(configPath), configPath, LongestConfig).Value is { } text && ModelConfig.Parse(text) is { } model ? OfModel(set, model)
            : Nothing;
        context.Judgements.TryAdd(key, judgement);
        return judgement;
    }

    private static WeightJudgement OfAdapter(WeightSet set)
    {
        var names = NamesOf(set);
        return new WeightJudgement(null, Describe(MisspeltName.Find(names, MisspeltName.LoraPairs(names))));
    }

    private static WeightJudgement OfModel(WeightSet set, ModelConfig config)
    {
        var names = NamesOf(set);
        var misspelt = Describe(MisspeltName.Find(names, ExpectedNames.Of(config, names)));
        if (config.IsQuantized || ImpliedParameters.AtLeast(config) is not { } implied) return new WeightJudgement(null, misspelt);

        var there = set.Headers.Sum(file => file.Header.Elements);
        return new WeightJudgement(there < implied / 2 ? $"it has {there} parameters, and config.json implies at least {implied}" : null, misspelt);
    }

    private static List<string> NamesOf(WeightSet set) => [.. set.Headers.SelectMany(file => file.Header.Tensors).Select(tensor => tensor.Name)];

    private static string? Describe((string Found, string Meant)? misspelt) =>
        misspelt is { } name ? $"its tensor '{name.Found}' must have been '{name.Meant}': a few bits of the name are damaged" : null;
}
