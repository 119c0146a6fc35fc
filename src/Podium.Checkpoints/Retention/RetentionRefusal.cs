namespace Podium.Checkpoints.Retention;

/// <summary>Why nothing is deleted in a folder.</summary>
public enum RetentionRefusalKind
{
    /// <summary>The best of a run are to stay, and none of its checkpoints can be said to be better than another.</summary>
    NothingToRankBy,

    /// <summary>The best are asked for by a metric that is not there, or whose direction is not known.</summary>
    WrongArgument,

    /// <summary>A file was written a moment ago: a training may be going on.</summary>
    StillChanging,

    /// <summary>Something else is changing the folder now, or it may not be changed at all.</summary>
    NotOurs,
}

/// <summary>Nothing is deleted in a folder.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Message">Why, in sentences.</param>
public sealed record RetentionRefusal(RetentionRefusalKind Kind, string Message)
{
    /// <summary>A strategy by which the best could be told, as it is written on the command line; null where none is known.</summary>
    public string? Proposal { get; init; }
}
