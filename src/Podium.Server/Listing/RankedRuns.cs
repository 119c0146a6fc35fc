using Podium.Ranking;
using Podium.Storage.Jobs;

namespace Podium.Server.Listing;

/// <summary>The runs of a job, each ranked when it is first asked for, and once.</summary>
internal sealed class RankedRuns(RankedJob job)
{
    private readonly RunRanking?[] _rankings = new RunRanking?[job.Runs.Count];

    public RankedJob Job => job;

    /// <summary>How many there are; the last is the newest.</summary>
    public int Count => job.Runs.Count;

    public JobRunContents this[int place] => job.Runs[place];

    public RunRanking Newest => Ranking(Count - 1);

    public RunRanking Ranking(int place) => _rankings[place] ??= Ranker.Rank(job.Runs[place].Run, job.Strategy);
}
