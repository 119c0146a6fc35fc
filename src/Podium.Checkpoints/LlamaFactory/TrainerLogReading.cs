using Podium.Histories;

namespace Podium.Checkpoints.LlamaFactory;

/// <summary>What a <c>trainer_log.jsonl</c> says about a run.</summary>
/// <param name="History">One entry for each line, in the order of the lines; the closing line has no loss.</param>
/// <param name="TotalSteps">How many steps the run is to have, as its last line says; null where none says it.</param>
/// <param name="EndsHalfWritten">
/// Whether the last line is cut, as while a run lives. It was left out; it is no fault.
/// </param>
/// <param name="Faults">
/// Lines that could not be read and were left out, the first <see cref="TrainerLogReader.MostFaults"/> of them, or why the
/// whole file could not be. <see cref="ReadFault.Line"/> counts from 1, <see cref="ReadFault.Offset"/> in bytes.
/// </param>
public sealed record TrainerLogReading(TrainingHistory History, long? TotalSteps, bool EndsHalfWritten, IReadOnlyList<ReadFault> Faults);
