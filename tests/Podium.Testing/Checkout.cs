namespace Podium.Testing;

/// <summary>The checkout that the tests were built from.</summary>
public static class Checkout
{
    /// <summary>Its root: the folder with Podium.slnx.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        // PODIUM_CHECKOUT helps where the build's output lies outside the checkout.
        for (var folder = Environment.GetEnvironmentVariable("PODIUM_CHECKOUT") ?? AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "Podium.slnx")))
                return folder;

        throw new InvalidOperationException($"No Podium.slnx above {AppContext.BaseDirectory}. Set PODIUM_CHECKOUT to the checkout.");
    }
}
