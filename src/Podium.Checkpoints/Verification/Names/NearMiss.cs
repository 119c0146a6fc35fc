using System.Numerics;

namespace Podium.Checkpoints.Verification.Names;

/// <summary>Names that differ by so few bits that no one chose both: one of them was damaged.</summary>
internal static class NearMiss
{
    /// <summary>Damage in one place: a bit, rarely some of its neighbours.</summary>
    public const int MostBits = 3;

    /// <summary>Whether two different names are as good as the same.</summary>
    public static bool Is(ReadOnlySpan<char> name, ReadOnlySpan<char> other) => name.Length == other.Length && Distance(name, other, MostBits + 1) is > 0 and <= MostBits;

    /// <summary>In how many bits two names of one length differ.</summary>
    /// <param name="name">One.</param>
    /// <param name="other">The other.</param>
    /// <param name="enough">Counting ends when there are so many.</param>
    public static int Distance(ReadOnlySpan<char> name, ReadOnlySpan<char> other, int enough)
    {
        var bits = 0;
        for (var i = name.CommonPrefixLength(other); i < name.Length && bits < enough; i++) bits += BitOperations.PopCount((uint)(name[i] ^ other[i]));
        return bits;
    }

    /// <summary>In how many bits two texts of one length differ.</summary>
    /// <param name="text">One.</param>
    /// <param name="other">The other.</param>
    /// <param name="enough">Counting ends when there are so many.</param>
    public static int Distance(ReadOnlySpan<byte> text, ReadOnlySpan<byte> other, int enough)
    {
        var bits = 0;
        for (var i = text.CommonPrefixLength(other); i < text.Length && bits < enough; i++) bits += BitOperations.PopCount((uint)(text[i] ^ other[i]));
        return bits;
    }
}
