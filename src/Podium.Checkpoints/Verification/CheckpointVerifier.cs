using Podium.Checkpoints.Folders;
using Podium.Ranking;

namespace Podium.Checkpoints.Verification;

/// <summary>Says whether checkpoints could be used, by the headers of their files.</summary>
internal static class CheckpointVerifier
{
    /// <summary>Verifies the checkpoints of a run folder.</summary>
    /// <param name="candidates">The checkpoints.</param>
    /// <param name="now">The time, which tells whether a file that ends too early may still grow.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>One for each, in their order.</returns>
    public static IReadOnlyList<CheckpointVerification> Verify(IReadOnlyList<CheckpointCandidate> candidates, DateTimeOffset now, CancellationToken cancellation) =>
        SideBySide.Make(candidates.Count, i => VerifyOne(candidates[i], now), cancellation);

    private static CheckpointVerification VerifyOne(CheckpointCandidate candidate, DateTimeOffset now)
    {
        var state = candidate.Name.IsTemporary ? CheckpointState.Incomplete
            : candidate.Files.Of(CheckpointFileKind.Weights).Any() ? CheckpointState.Complete
            : candidate.Files.Known.Any(file => file.Kind is CheckpointFileKind.DeepSpeedShard or CheckpointFileKind.FsdpShard) ? CheckpointState.NeedsConsolidation
            : CheckpointState.Weightless;
        return new CheckpointVerification { State = state, IsResumable = now == default };
    }
}
