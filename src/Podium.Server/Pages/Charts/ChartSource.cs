namespace Podium.Server.Pages.Charts;

/// <summary>From where a chart gets a few of its lines, as the page's script reads it.</summary>
/// <param name="Src">The address of the series.</param>
/// <param name="Job">The job, whose live points are added.</param>
/// <param name="Run">The run; null: the newest.</param>
/// <param name="Label">What these lines are called beside others; null where there are no others.</param>
/// <param name="Keys">The metrics.</param>
public sealed record ChartSource(string Src, string Job, int? Run, string? Label, IReadOnlyList<string> Keys);

/// <summary>What is drawn upon the lines: the checkpoints, the best of them, where overfitting begins, and which epoch a step is.</summary>
/// <param name="Checkpoints">The checkpoints of the newest run.</param>
/// <param name="OverfittingFrom">The step from which the run overfits; null where it does not.</param>
/// <param name="BestStep">The step of the best checkpoint, or while there is none of the best evaluation.</param>
/// <param name="Epochs">Steps with their epochs.</param>
public sealed record ChartMarks(IReadOnlyList<ChartCheckpoint> Checkpoints, long? OverfittingFrom, long? BestStep, IReadOnlyList<IReadOnlyList<double>> Epochs);

/// <summary>A checkpoint in a chart.</summary>
public sealed record ChartCheckpoint(long Step, string Path, bool Best, bool Latest);
