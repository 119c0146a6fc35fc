namespace Podium.Cli.Tests.Material;

/// <summary>The made-up runs that come with the repository; samples/README.md has their numbers.</summary>
internal static class Sample
{
    public static string Folder { get; } = Path.Combine(Checkout.Root, "samples");

    public static string Sentiment { get; } = Path.Combine(Folder, "sentiment-finetune");

    public static string Sweep { get; } = Path.Combine(Folder, "sweep");
}
