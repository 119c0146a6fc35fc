namespace Podium.Pages.Tests.Material;

/// <summary>The run folders that lie in the repository: what tests can rely on in a bare clone.</summary>
public static class Samples
{
    /// <summary>The folder that holds them.</summary>
    public static string Folder { get; } = Path.Combine(Checkout.Root, "samples");

    /// <summary>Eight checkpoints of one run; the last ones overfit.</summary>
    public static string Sentiment { get; } = Path.Combine(Folder, "sentiment-finetune");

    /// <summary>Three runs of one sweep, to compare.</summary>
    public static string[] Sweep { get; } = [.. Directory.GetDirectories(Path.Combine(Folder, "sweep")).Order(StringComparer.Ordinal)];
}
