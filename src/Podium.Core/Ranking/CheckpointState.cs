namespace Podium.Ranking;

/// <summary>Whether a checkpoint could be used.</summary>
public enum CheckpointState
{
    /// <summary>Whole weights are there.</summary>
    Complete,

    /// <summary>It is still being written, or its writing broke off a moment ago. Never recommended.</summary>
    Incomplete,

    /// <summary>A weight file contradicts itself, or a part of the weights is missing. Never recommended.</summary>
    Damaged,

    /// <summary>The weights are there as shards of a distributed optimizer, which must be put together first.</summary>
    NeedsConsolidation,

    /// <summary>There are no weights, only a history. It ranks; it cannot be deployed.</summary>
    Weightless,
}

/// <summary>How the states are spelt in JSON and in tables.</summary>
public static class CheckpointStates
{
    /// <summary>The state's word, e.g. <c>needs-consolidation</c>.</summary>
    /// <param name="state">The state.</param>
    public static string Spelling(this CheckpointState state) => state switch
    {
        CheckpointState.Complete => "complete",
        CheckpointState.Incomplete => "incomplete",
        CheckpointState.Damaged => "damaged",
        CheckpointState.NeedsConsolidation => "needs-consolidation",
        _ => "weightless",
    };

    /// <summary>The state of a word; one that is not known is taken as <see cref="CheckpointState.Weightless"/>, which is promised least.</summary>
    /// <param name="spelling">The word.</param>
    public static CheckpointState Parse(string spelling) => spelling switch
    {
        "complete" => CheckpointState.Complete,
        "incomplete" => CheckpointState.Incomplete,
        "damaged" => CheckpointState.Damaged,
        "needs-consolidation" => CheckpointState.NeedsConsolidation,
        _ => CheckpointState.Weightless,
    };
}
