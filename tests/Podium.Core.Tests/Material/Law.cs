using FsCheck;
using FsCheck.Fluent;

namespace Podium.Core.Tests.Material;

/// <summary>Checks a property on thousands of cases, the same ones each time.</summary>
internal static class Law
{
    private const ulong Seed = 20_260_101;
    private const ulong Gamma = 0x9E3779B97F4A7C15;

    // Following a log costs the square of its length, and what goes wrong in a long one goes wrong in a short one too.
    private const int LongestList = 40;

    /// <summary>Throws with the smallest counterexample found, as it prints itself.</summary>
    public static void Holds<T>(Gen<T> cases, Action<T> law, Func<T, IEnumerable<T>>? smaller = null, int count = 2000)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(Seed, Gamma).WithEndSize(LongestList);
        var source = smaller is null ? cases.ToArbitrary() : Arb.From(cases, smaller);
        Prop.ForAll(source, law).Check(config);
    }

    /// <summary>A list without one of its elements, for every element: what to try when a list breaks a law.</summary>
    public static IEnumerable<T[]> WithoutOne<T>(T[] list)
    {
        for (var i = 0; i < list.Length; i++)
            yield return [.. list[..i], .. list[(i + 1)..]];
    }
}
