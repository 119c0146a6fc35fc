using Podium.Histories;

namespace Podium.Checkpoints.Lightning;

/// <summary>What a <c>metrics.csv</c> says about a run.</summary>
/// <param name="History">
/// One entry for each row, in the order of the rows, its step counted from 1 as in the names of the checkpoints.
/// </param>
/// <param name="EndsHalfWritten">
/// Whether the last line has no end, as while a run lives. It was left out, since its last cell may be cut; it is no fault.
/// </param>
/// <param name="Faults">
/// Rows and cells that could not be read (a column's first bad cell, and the first row of the wrong width), or why the
/// whole file could not be. <see cref="ReadFault.Line"/> is the row's, from 1.
/// </param>
public sealed record MetricsCsvReading(TrainingHistory History, bool EndsHalfWritten, IReadOnlyList<ReadFault> Faults);
