using FsCheck;
using FsCheck.Fluent;
using Podium.Ranking;

namespace Podium.Core.Tests.Material;

/// <summary>A random log with checkpoints saved along it, some between the evaluations, some unusable.</summary>
internal sealed record AnyRun(Log Log, Checkpoint[] Checkpoints)
{
    public Run Run => new(Log.History, Checkpoints) { TrainerChoice = new TrainerChoice(2.0, 10, null) };

    public override string ToString() => $"{Log}  saved: {string.Join(", ", Checkpoints.Select(checkpoint => $"{checkpoint.Path} {checkpoint.State}"))}\n";

    private static readonly Gen<CheckpointState> State = Gen.Frequency(
        (8, Gen.Constant(CheckpointState.Complete)),
        (1, Gen.Elements(CheckpointState.Damaged, CheckpointState.Incomplete)),
        (1, Gen.Elements(CheckpointState.Weightless, CheckpointState.NeedsConsolidation)));

    /// <summary>A checkpoint; its step is a multiple of ten three times out of four, as those of most lines are.</summary>
    public static Gen<Checkpoint> AnyCheckpoint { get; } =
        from step in Gen.Frequency((3, Gen.Choose(0, 15).Select(tens => tens * 10)), (1, Gen.Choose(0, 150)))
        from state in State
        select HistoryOf.At(step, state);

    public static Gen<AnyRun> Any { get; } =
        from log in Logs.Any
        from checkpoints in AnyCheckpoint.ArrayOf(12)
        from count in Gen.Choose(0, 12)
        select new AnyRun(log, [.. checkpoints.Take(count).DistinctBy(checkpoint => checkpoint.Path)]);

    public static IEnumerable<AnyRun> Smaller(AnyRun run) =>
        Log.Smaller(run.Log).Select(log => run with { Log = log })
            .Concat(Law.WithoutOne(run.Checkpoints).Select(checkpoints => run with { Checkpoints = checkpoints }));
}
