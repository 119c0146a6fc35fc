using Podium.Histories;

namespace Podium.Evaluations;

/// <summary>The evaluations of a run, in the order of its log, by the exact rules of docs/scoring.md.</summary>
/// <remarks>
/// Fed from a whole history (<see cref="From"/>) or as it grows (<see cref="ReadOn"/>); both ways it holds the same. Adding
/// in the order of the steps costs the same however long the run is; only what an entry changes is worked out again.
/// Not safe for use by several threads at once.
/// </remarks>
public sealed class EvaluationTimeline
{
    private readonly List<Evaluation> _evaluations = [];
    private readonly List<double> _lastFiniteBefore = [];
    private readonly List<long> _highestStep = [];
    private readonly Dictionary<long, int> _placeByStep = [];
    private readonly TrainingLosses _losses = new();
    private int _beforeClosing;
    private int _settled;
    private int _read;

    /// <summary>How many evaluations there are.</summary>
    public int Count => _evaluations.Count;

    /// <summary>The evaluations, each step once, in the order in which their steps were first evaluated.</summary>
    public IReadOnlyList<Evaluation> Evaluations
    {
        get
        {
            Settle();
            return _evaluations;
        }
    }

    /// <summary>The timeline of one metric of a history.</summary>
    /// <param name="history">The history; entries without a step do not count.</param>
    /// <param name="metric">The metric whose values are the evaluations, usually <c>eval_loss</c>.</param>
    public static EvaluationTimeline From(TrainingHistory history, string metric)
    {
        var timeline = new EvaluationTimeline();
        timeline.ReadOn(history, metric);
        return timeline;
    }

    /// <summary>Takes in the entries that a history has gained since this timeline last read it.</summary>
    /// <param name="history">The same history as before, or one that begins with it.</param>
    /// <param name="metric">The metric, the same each time.</param>
    public void ReadOn(TrainingHistory history, string metric)
    {
        ArgumentNullException.ThrowIfNull(history);
        var values = new ColumnCursor(history.Find(metric), _read);
        var trained = history.Find(MetricKeys.Loss);
        var losses = new ColumnCursor(trained, _read);
        var closings = new ColumnCursor(history.Find(MetricKeys.TrainRuntime), _read);
        var epochs = new ColumnCursor(history.Find(MetricKeys.Epoch), _read);
        _losses.Follow(history, trained);
        for (; _read < history.Count; _read++)
        {
            var step = history.Steps[_read];
            var hasLoss = losses.Take(_read, out var loss);
            var hasValue = values.Take(_read, out var value);
            var hasEpoch = epochs.Take(_read, out var epoch);
            var closes = closings.Take(_read, out _);
            if (step == TrainingHistory.NoStep) continue;

            if (hasLoss) AddTrainingLoss(losses.Next - 1, step, loss);
            if (hasValue) AddEvaluation(step, hasEpoch ? epoch : null, value);
            // A Trainer that counts tokens adds train_runtime to every training entry; the closing one has no loss.
            if (closes && !hasLoss && !hasValue) AddClosing();
        }
    }

    private void AddTrainingLoss(int place, long step, double loss)
    {
        _losses.Add(place, step, loss);

        // It can change the T of evaluations at or after its step: usually of none, or of the last. Where the log goes back
        // these need not be the last ones, so the highest step so far is what tells.
        while (_settled > 0 && _highestStep[_settled - 1] >= step) _settled--;
    }

    // At a step that has an evaluation already the later one replaces it, unless the closing entry (train_runtime) stands
    // between them: then other weights may have been loaded (load_best_model_at_end), and it does not count.
    private void AddEvaluation(long step, double? epoch, double value)
    {
        var evaluation = new Evaluation(step, epoch, value, TrainLoss: null, EpochsWithoutImprovement: 1);
        if (!_placeByStep.TryGetValue(step, out var place))
        {
            _placeByStep.Add(step, _evaluations.Count);
            _evaluations.Add(evaluation);
            _lastFiniteBefore.Add(double.NaN);
            _highestStep.Add(Math.Max(step, _highestStep.Count == 0 ? step : _highestStep[^1]));
        }
        else if (place >= _beforeClosing)
        {
            _evaluations[place] = evaluation;
            _settled = Math.Min(_settled, place);
        }
    }

    private void AddClosing() => _beforeClosing = _evaluations.Count;

    private void Settle()
    {
        for (; _settled < _evaluations.Count; _settled++)
        {
            var i = _settled;
            var evaluation = _evaluations[i];
            var first = i == 0;
            var lastFinite = first ? double.NaN
                : _evaluations[i - 1].IsFinite ? _evaluations[i - 1].Value
                : _lastFiniteBefore[i - 1];
            var improved = evaluation.IsFinite && (double.IsNaN(lastFinite) || evaluation.Value < lastFinite);
            _lastFiniteBefore[i] = lastFinite;
            _evaluations[i] = evaluation with
            {
                TrainLoss = _losses.Mean(first ? long.MinValue : _evaluations[i - 1].Step, evaluation.Step),
                EpochsWithoutImprovement = improved ? 0 : 1 + (first ? 0 : _evaluations[i - 1].EpochsWithoutImprovement),
            };
        }
    }

    /// <summary>Walks along a column beside the entries of its history.</summary>
    private ref struct ColumnCursor(MetricColumn? column, int from)
    {
        private readonly ReadOnlySpan<int> _entries = column is null ? [] : column.Entries;
        private readonly ReadOnlySpan<double> _values = column is null ? [] : column.Values;

        /// <summary>The place behind what was taken last.</summary>
        public int Next { get; private set; } = column?.CountBefore(from) ?? 0;

        public bool Take(int entry, out double value)
        {
            if (Next < _entries.Length && _entries[Next] == entry)
            {
                value = _values[Next++];
                return true;
            }

            value = 0;
            return false;
        }
    }
}
