using Podium.Checkpoints.Following;

namespace Podium.Cli.Watching;

/// <summary>How what happens in a run folder is shown.</summary>
internal interface IWatchOutput : IDisposable
{
    /// <summary>The folder is not there yet.</summary>
    void Waiting(string folder);

    /// <summary>Shows what is new.</summary>
    /// <param name="watch">The folder as it is now.</param>
    /// <param name="news">What is new, in order.</param>
    void Show(RunWatch watch, IReadOnlyList<FollowEvent> news);
}
