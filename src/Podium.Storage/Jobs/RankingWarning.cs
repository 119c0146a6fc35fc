using Podium.Ranking;

namespace Podium.Storage.Jobs;

/// <summary>Says in a job's row why its strategy cannot rank it, and takes that back when it can. Others' warnings stay.</summary>
internal static class RankingWarning
{
    private static readonly HashSet<string> Ours = [.. Enum.GetValues<RefusalKind>().Select(kind => new Refusal(kind, "").Code)];

    /// <summary>Takes in a ranking.</summary>
    /// <returns>Whether there is a new warning.</returns>
    public static bool Write(JobRow row, RunRanking ranking)
    {
        // Before there is a checkpoint, that there is no evaluation yet is nothing to warn of.
        var refusal = ranking.Refusal is { Kind: RefusalKind.NoEvaluation } && ranking.Checkpoints.Count == 0 ? null : ranking.Refusal;
        var isOurs = row.WarningCode is { } code && Ours.Contains(code);
        if (refusal is null)
        {
            if (isOurs) (row.Warning, row.WarningCode) = (null, null);
            return false;
        }

        if ((row.Warning is not null && !isOurs) || (row.WarningCode == refusal.Code && row.Warning == refusal.Message)) return false;
        (row.Warning, row.WarningCode) = (refusal.Message, refusal.Code);
        return true;
    }
}
