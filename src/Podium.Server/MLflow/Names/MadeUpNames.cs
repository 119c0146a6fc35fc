using System.Security.Cryptography;

namespace Podium.Server.MLflow.Names;

/// <summary>Names for runs that came without one: easy to say, and to tell from each other.</summary>
internal static class MadeUpNames
{
    private static readonly string[] Manners =
    [
        "able", "amber", "bold", "brave", "bright", "calm", "clever", "crisp", "eager", "fair", "fond", "gentle", "glad", "grand", "honest", "keen",
        "kind", "lively", "lucky", "merry", "mild", "neat", "noble", "polite", "proud", "quick", "quiet", "rapid", "rare", "serene", "sharp", "shy",
        "silent", "sincere", "smart", "steady", "stern", "sunny", "swift", "tidy", "upbeat", "warm", "wise", "witty", "young", "zesty",
    ];

    private static readonly string[] Animals =
    [
        "badger", "bat", "bear", "bee", "bison", "boar", "carp", "cat", "crane", "crow", "deer", "dove", "duck", "eel", "elk", "falcon", "finch", "fox",
        "frog", "goat", "goose", "grouse", "gull", "hare", "hawk", "heron", "horse", "ibex", "jay", "kite", "lark", "lynx", "mole", "moose", "newt", "otter",
        "owl", "panda", "perch", "pike", "quail", "raven", "robin", "seal", "shrike", "stoat", "stork", "swan", "toad", "trout", "vole", "wren",
    ];

    public static string Next() =>
        $"{Manners[RandomNumberGenerator.GetInt32(Manners.Length)]}-{Animals[RandomNumberGenerator.GetInt32(Animals.Length)]}-{RandomNumberGenerator.GetInt32(100, 1000)}";
}
