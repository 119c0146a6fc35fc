namespace Podium.Cli.Output;

/// <summary>What text stands out as, where there are colours.</summary>
internal enum Ink
{
    Plain,

    /// <summary>The recommended one.</summary>
    Best,

    /// <summary>What matters less.</summary>
    Quiet,

    /// <summary>What needs a second look.</summary>
    Attention,

    /// <summary>What went wrong.</summary>
    Error,

    /// <summary>The evaluation loss in a chart.</summary>
    EvalLoss,

    /// <summary>The training loss in a chart.</summary>
    TrainLoss,
}
