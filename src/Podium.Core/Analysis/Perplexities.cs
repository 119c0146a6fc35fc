namespace Podium.Analysis;

/// <summary>The perplexity of a loss in nats per token.</summary>
public static class Perplexities
{
    /// <summary><c>exp(loss)</c>; null where the loss is missing or not finite, or the perplexity is above the range of a double.</summary>
    /// <param name="loss">The mean negative log likelihood of a token, in nats.</param>
    public static double? Of(double? loss) =>
        loss is { } value && double.IsFinite(value) && Math.Exp(value) is var perplexity && double.IsFinite(perplexity) ? perplexity : null;
}
