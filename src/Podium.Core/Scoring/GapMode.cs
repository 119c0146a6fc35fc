namespace Podium.Scoring;

/// <summary>Which differences between evaluation and training loss count as overfitting.</summary>
public enum GapMode
{
    /// <summary>Only an evaluation loss above the training loss: the reverse is normal early on and is no overfitting.</summary>
    OneSided,

    /// <summary>Any difference, as the system before this one did.</summary>
    TwoSided,
}
