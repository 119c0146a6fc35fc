using FsCheck.Fluent;
using Podium.Core.Tests.Material;
using Podium.Evaluations;
using Podium.Histories;

namespace Podium.Core.Tests.Evaluations;

public sealed class EvaluationLawTests
{
    private const double NoEpoch = -1;

    [Fact]
    public void Timeline_AnyHistory_IsWhatTheBookSays() => Law.Holds(
        Logs.Any,
        log => Timeline(log.History).Select(Bare).ShouldBe(new ByTheBook(log.Lines).Evaluations.Select(Bare)),
        Log.Smaller,
        count: 5000);

    [Fact]
    public void Timeline_OfAnotherMetric_IsWhatTheBookSays() => Law.Holds(
        Logs.Any,
        log => EvaluationTimeline.From(log.History, "eval_accuracy").Evaluations.Select(Bare).ShouldBe(new ByTheBook(log.Lines, "eval_accuracy").Evaluations.Select(Bare)),
        Log.Smaller);

    [Fact]
    public void Matcher_AnyHistoryAndStep_IsWhatTheBookSays() => Law.Holds(
        Logs.Any,
        log =>
        {
            var matcher = new EvaluationMatcher(EvaluationTimeline.From(log.History, MetricKeys.EvalLoss));
            var book = new ByTheBook(log.Lines);
            var last = log.History.LastStep ?? 0;
            var steps = Enumerable.Range(0, 30).Select(i => 2 * (last + 1) * i / 29).ToArray();

            steps.Select(step => (step, matcher.Find(step)?.Step)).ShouldBe(steps.Select(step => (step, book.Match(step)?.Step)));
        },
        Log.Smaller);

    [Fact]
    public void ReadOn_InPiecesOfAnySize_IsTheSameAsAtOnce() => Law.Holds(
        from log in Logs.Any
        from cuts in Gen.Choose(1, 9).ArrayOf(20)
        from looks in Gen.Elements(true, false).ArrayOf(20)
        select (log, cuts, looks),
        piecewise =>
        {
            var (log, cuts, looks) = piecewise;
            var timeline = new EvaluationTimeline();
            for (int read = 0, piece = 0; read < log.Lines.Length; piece++)
            {
                read = Math.Min(log.Lines.Length, read + cuts[piece % cuts.Length]);
                var soFar = LogLine.HistoryOf(log.Lines[..read]);
                timeline.ReadOn(soFar, MetricKeys.EvalLoss);
                // Looking settles what was read, so that both ways of working are tried: settled and not.
                if (looks[piece % looks.Length]) timeline.Evaluations.ShouldBe(Timeline(soFar));
            }

            timeline.Evaluations.ShouldBe(Timeline(log.History));
        },
        static piecewise => Log.Smaller(piecewise.log).Select(log => piecewise with { log = log }),
        count: 5000);

    private static IReadOnlyList<Evaluation> Timeline(TrainingHistory history) => EvaluationTimeline.From(history, MetricKeys.EvalLoss).Evaluations;

    private static Evaluation Bare(Evaluation evaluation) => evaluation with { Epoch = NoEpoch };
}
