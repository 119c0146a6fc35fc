using Podium.Checkpoints.Runs;
using Podium.Ranking;

namespace Podium.Checkpoints.RunFolders;

internal static class SupplementaryLogs
{
    public static List<SavedRun> Fill(string folder, List<SavedRun> runs, List<RankingNote> warnings, CancellationToken cancellation) => runs;
}
