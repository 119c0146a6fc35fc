using Podium.Histories;
using Podium.Ranking;

namespace Podium.Strategies;

/// <summary>Whether an evaluation loss looks like a loss of tokens, which is what the multi-metric score is made for.</summary>
internal sealed record TokenLossCheck(bool Refuses, Refusal Refusal)
{
    private static readonly string[] Preferred = ["eval_reward", "reward", "eval_rewards/accuracies"];

    /// <summary>Null: nothing speaks against it.</summary>
    public static TokenLossCheck? Examine(RunEvidence evidence, string evalLoss)
    {
        var history = evidence.History;
        var belowZero = history.Find(evalLoss) is { } losses && AnyAtMostZero(history, losses);
        var rewards = history.Columns.Any(column => IsReward(column.Name));
        var silent = rewards && history.Find(MetricKeys.Loss) is { } training && ZeroInHalf(history, training);
        if (!belowZero && !rewards) return null;

        var why = belowZero ? $"{evalLoss} is 0 or below at least once, which no loss of tokens is"
            : silent ? "rewards are logged and the training loss is 0 in at least half of its entries, as in reinforcement learning"
            : $"rewards are logged beside {evalLoss}, as in preference training";
        var metrics = history.Columns.Select(column => column.Name)
            .Where(name => MetricKeys.IsEvaluationMetric(name) || IsReward(name))
            .Order(StringComparer.Ordinal);
        var proposal = Propose(history);
        var message = $"{evalLoss} may be no loss of tokens: {why}. Metrics: {string.Join(", ", metrics)}."
            + (proposal is null ? " Rank by one of them: --strategy metric:NAME:max" : $" Consider --strategy {proposal}");
        var refuses = belowZero || silent;
        if (refuses) message += "; --strategy multi-metric applies the score all the same";
        return new TokenLossCheck(refuses, new Refusal(RefusalKind.NotATokenLoss, message + ".") { Proposal = proposal });
    }

    private static string? Propose(TrainingHistory history)
    {
        foreach (var name in Preferred)
            if (history.Find(name) is { } column && AnyFinite(column))
                return $"metric:{name}";

        return MetricStrategy.Propose(history.Columns.Select(column => column.Name)
            .Where(name => MetricKeys.IsEvaluationMetric(name) && !MetricKeys.IsEvaluationLoss(name))
            .Order(StringComparer.Ordinal));
    }

    private static bool IsReward(string name)
    {
        var bare = name.StartsWith(MetricKeys.EvalPrefix, StringComparison.Ordinal) ? name.AsSpan(MetricKeys.EvalPrefix.Length) : name;
        return bare is "reward" || bare.StartsWith("rewards/", StringComparison.Ordinal);
    }

    private static bool AnyAtMostZero(TrainingHistory history, MetricColumn column)
    {
        for (var i = 0; i < column.Count; i++)
            if (column.Values[i] <= 0 && Counts(history, column, i))
                return true;

        return false;
    }

    private static bool AnyFinite(MetricColumn column)
    {
        foreach (var value in column.Values)
            if (double.IsFinite(value))
                return true;

        return false;
    }

    private static bool ZeroInHalf(TrainingHistory history, MetricColumn column)
    {
        var (zeros, all) = (0, 0);
        for (var i = 0; i < column.Count; i++)
        {
            if (!Counts(history, column, i)) continue;
            all++;
            if (column.Values[i] == 0) zeros++;
        }

        return all > 0 && zeros * 2 >= all;
    }

    /// <summary>Entries without a step do not count, here as everywhere.</summary>
    private static bool Counts(TrainingHistory history, MetricColumn column, int index) =>
        history.Steps[column.Entries[index]] != TrainingHistory.NoStep;
}
