using System.Diagnostics;

namespace Podium.Pages.Tests.Browsing;

/// <summary>Waits for what a page comes to by itself, where no element says so.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Reads something until it is right; fails with what it was last where it never is.</summary>
    /// <param name="read">Reads it.</param>
    /// <param name="isRight">Whether that is what is waited for.</param>
    /// <param name="what">What is waited for, for who reads the failure.</param>
    public static async Task<T> ReadAsync<T>(Func<Task<T>> read, Func<T, bool> isRight, string what)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            var value = await read();
            if (isRight(value)) return value;
            if (Stopwatch.GetElapsedTime(since) > Patience) Assert.Fail($"{what}: it is {value}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
