namespace Podium.Storage.Tracking;

/// <summary>Why something was not done. Nothing of it was.</summary>
/// <param name="Reason">The kind of reason.</param>
/// <param name="Message">A sentence for people, which names what is wrong.</param>
public sealed record TrackingRefusal(TrackingRefusalReason Reason, string Message)
{
    internal static TrackingRefusal NoRun(string id) => new(TrackingRefusalReason.NotFound, $"Run with id={id} not found");

    internal static TrackingRefusal NoExperiment(long id) => new(TrackingRefusalReason.NotFound, $"No Experiment with id={id} exists");

    internal static TrackingRefusal NoModel(string id) => new(TrackingRefusalReason.NotFound, $"Logged model with ID '{id}' not found.");

    internal static TrackingRefusal RunNot(string wanted, string id, string stage) =>
        new(TrackingRefusalReason.Invalid, $"The run {id} must be in the '{wanted}' state. Current state is {stage}.");

    internal static TrackingRefusal ExperimentNot(string wanted, long id, string stage) =>
        new(TrackingRefusalReason.Invalid, $"The experiment {id} must be in the '{wanted}' state. Current state is {stage}.");
}

/// <summary>Kinds of reasons for which something was not done.</summary>
public enum TrackingRefusalReason
{
    /// <summary>There is no such thing.</summary>
    NotFound,

    /// <summary>There is one already.</summary>
    AlreadyExists,

    /// <summary>What was asked for contradicts what is there.</summary>
    Invalid,
}

/// <summary>What was asked for, or why it was not done.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
/// <param name="Value">It; the default where it was refused.</param>
/// <param name="Refusal">Why not; null where it was done.</param>
public readonly record struct Tracked<T>(T Value, TrackingRefusal? Refusal)
{
    internal static Tracked<T> Of(T value) => new(value, null);

    internal static Tracked<T> Refused(TrackingRefusal refusal) => new(default!, refusal);
}
