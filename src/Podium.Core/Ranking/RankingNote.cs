namespace Podium.Ranking;

/// <summary>Something that a reader of a ranking should know: a warning, or a reason.</summary>
/// <param name="Code">A fixed word for programs, e.g. <c>near-evaluation</c>. docs/scoring.md lists them.</param>
/// <param name="Message">One or two sentences for people, with the numbers.</param>
public sealed record RankingNote(string Code, string Message);
