using Podium.Checkpoints.EventFiles;
using Podium.Checkpoints.Lightning;
using Podium.Checkpoints.LlamaFactory;
using Podium.Checkpoints.Runs;
using Podium.Histories;
using Podium.Ranking;

namespace Podium.Checkpoints.RunFolders;

/// <summary>Fills a run's history from the logs that lie beside its checkpoints.</summary>
/// <remarks>
/// State files come first. Where they tell of evaluations, nothing else is read; where they do not, LLaMA-Factory's log,
/// Lightning's and the event files fill the gaps, each only if it agrees with what is known. A folder with several runs
/// gets none of this: nothing says which run such a log is of.
/// </remarks>
internal static class SupplementaryLogs
{
    public static void Fill(string folder, List<SavedRun> runs, List<RankingNote> warnings)
    {
        if (runs.Count > 1 || (runs is [{ History: var known }] && known.Columns.Any(column => MetricKeys.IsEvaluationMetric(column.Name)))) return;

        foreach (var (history, source, faults) in Sources(folder))
        {
            foreach (var fault in faults) warnings.Add(new RankingNote("log-unreadable", $"A log could not be read to its end: {fault}"));
            if (history.Count == 0) continue;
            if (runs.Count == 0)
            {
                runs.Add(new SavedRun(history, null, []) { InStateFiles = TrainingHistory.Empty });
            }
            else if (runs[0].History.Count == 0)
            {
                runs[0] = runs[0] with { History = history };
            }
            else if (HistoryMerge.Agree(runs[0].History, history))
            {
                runs[0] = runs[0] with { History = HistoryMerge.FillGaps(runs[0].History, history) };
            }
            else
            {
                warnings.Add(new RankingNote("log-left-out", $"{source} does not agree with the checkpoints' own history, so it was left out."));
            }
        }
    }

    private static IEnumerable<(TrainingHistory History, string Source, IReadOnlyList<ReadFault> Faults)> Sources(string folder)
    {
        var trainerLog = Path.Combine(folder, "trainer_log.jsonl");
        if (File.Exists(trainerLog))
        {
            var reading = TrainerLogReader.Read(trainerLog);
            yield return (reading.History, trainerLog, reading.Faults);
        }

        if (LightningFolder.Holds(folder))
        {
            if (LightningFolder.History(folder) is { } lightning) yield return lightning;
        }
        else if (EventFolder.Read(folder) is { } events)
        {
            yield return (events.History, "The event files", events.Faults);
        }
    }
}
