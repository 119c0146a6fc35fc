namespace Podium.Storage.Tracking;

/// <summary>Whether an experiment or a run is there, or was deleted and can be restored.</summary>
public static class LifecycleStage
{
    /// <summary>It is there.</summary>
    public const string Active = "active";

    /// <summary>It was deleted; nothing of it is lost.</summary>
    public const string Deleted = "deleted";
}

/// <summary>Which of them are asked for.</summary>
public enum LifecycleView
{
    /// <summary>Those that are there.</summary>
    Active,

    /// <summary>Those that were deleted.</summary>
    Deleted,

    /// <summary>Both.</summary>
    All,
}
