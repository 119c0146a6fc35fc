using Microsoft.AspNetCore.Http.HttpResults;
using Podium.Server.Wire;

namespace Podium.Server.Metrics;

/// <summary>Why a stream is refused from a line on; how much of it was kept is known only once what waits has been written.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="What">What is wrong, in a sentence.</param>
internal sealed record StreamRefusal(int Status, string What)
{
    /// <summary>The answer.</summary>
    /// <param name="kept">How many entries are on disk.</param>
    public ProblemHttpResult ToAnswer(int kept) =>
        Problems.Of(Status, kept == 0 ? What : $"{What} {kept} {(kept == 1 ? "entry" : "entries")} before it {(kept == 1 ? "was" : "were")} kept.");
}
