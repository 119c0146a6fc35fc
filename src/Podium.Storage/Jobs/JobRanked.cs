using Podium.Evaluations;
using Podium.Ranking;

namespace Podium.Storage.Jobs;

/// <summary>A job was ranked anew, and what came of it is on disk.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Ranking">The ranking of its newest run.</param>
/// <param name="PreviousPath">The best checkpoint before; null where there was none.</param>
/// <param name="PreviousStep">The step of the best checkpoint before, or of the best evaluation.</param>
/// <param name="PreviousEvaluation">The best evaluation of the ranking before, as far as that was made here.</param>
/// <param name="Newest">The newest evaluation that it went by.</param>
public sealed record JobRanked(string JobId, RunRanking Ranking, string? PreviousPath, long? PreviousStep, ScoredEvaluation? PreviousEvaluation, Evaluation? Newest);
