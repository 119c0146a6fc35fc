using Podium.Checkpoints.Folders;
using Podium.Checkpoints.Verification.Shards;
using Podium.Checkpoints.Verification.Weights;
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
    public static IReadOnlyList<CheckpointVerification> Verify(IReadOnlyList<CheckpointCandidate> candidates, DateTimeOffset now, CancellationToken cancellation)
    {
        var context = new ReadContext();
        var findings = SideBySide.Make(candidates.Count, i => Read(candidates[i], context), cancellation);
        Siblings.Compare(findings);
        return Array.ConvertAll(findings, found => Conclude(found, now));
    }

    private static Findings Read(CheckpointCandidate candidate, ReadContext context)
    {
        var findings = new Findings(candidate);
        foreach (var file in candidate.Files.Known)
            if (file is { Kind: CheckpointFileKind.ModelConfig, Length: 0 })
                findings.Faults.Add(new ReadFault(file.Path, "it is empty") { EndedEarly = true });

        new WeightSetReader(findings, context).Read();
        findings.Shards = DeepSpeedFolder.Check(findings) ?? FsdpFolder.Check(findings);
        TrainingState.Check(findings);
        return findings;
    }

    private static CheckpointVerification Conclude(Findings findings, DateTimeOffset now)
    {
        var state = StateOf(findings, now);
        var isResumable = TrainingState.IsResumable(findings, state);
        if (isResumable) TrainingState.NoteLacks(findings);
        return new CheckpointVerification
        {
            State = state,
            Faults = findings.Faults,
            Remedy = state == CheckpointState.NeedsConsolidation ? findings.Shards!.Remedy : null,
            IsResumable = isResumable,
            Notes = findings.Notes,
        };
    }

    /// <summary>The first that holds. Whole weights are whole, whatever lies beside them.</summary>
    private static CheckpointState StateOf(Findings findings, DateTimeOffset now) =>
        findings.Candidate.Name.IsTemporary ? CheckpointState.Incomplete
        : findings.Sets.Exists(set => set is { State: WeightSetState.Whole, IsExtra: false }) ? CheckpointState.Complete
        : findings.Faults.Exists(fault => fault.EndedEarly) && Settled.IsYoung(findings.Candidate.Files.NewestWrite, now) ? CheckpointState.Incomplete
        : findings.Sets.Exists(set => set.State == WeightSetState.Broken) || findings.Shards is { IsWhole: false } ? CheckpointState.Damaged
        : findings.Shards is not null ? CheckpointState.NeedsConsolidation
        : CheckpointState.Weightless;
}
