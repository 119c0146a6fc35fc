using Podium.Cli.Output;
using Podium.Robustness;

namespace Podium.Cli.Explanations;

/// <summary>What each strategy picks, and what that gives up in the terms of the others.</summary>
internal static class StrategyTable
{
    public static ResultTable Of(StrategyComparison comparison)
    {
        ResultColumn[] columns =
        [
            new("strategy", "strategy"),
            new("picks", "best_checkpoint", GivesWay: true),
            new("eval_loss", "eval_loss", IsNumber: true),
            // A plateau's terms are those of the loss.
            .. comparison.Picks.Where(pick => !pick.Strategy.StartsWith("plateau", StringComparison.Ordinal))
                .Select((pick, i) => new ResultColumn($"in {pick.Strategy}", $"behind_in_{pick.Strategy}", IsNumber: true, Dispensable: i)),
        ];
        var table = new ResultTable(columns);
        foreach (var pick in comparison.Picks)
        {
            table.Add(
                pick.Step == comparison.Picks[0].Step ? Ink.Best : Ink.Plain,
                [
                    pick.Strategy,
                    pick.Path,
                    Cell.Of(pick.EvalLoss, Numbers.Loss),
                    .. pick.Costs.Where(cost => !cost.Strategy.StartsWith("plateau", StringComparison.Ordinal)).Select(Cost),
                ]);
        }

        return table;
    }

    private static Cell Cost(StrategyCost cost) =>
        cost.Behind is not { } behind ? ""
        : behind == 0 ? new Cell("best", "0")
        // A loss is compared by shares; a score has no zero to take a share of.
        : cost.Strategy == "eval-loss" && cost.Share is { } share ? Cell.Of(share, "+0.0 %")
        : Cell.Of(behind, "+0.0000");
}
