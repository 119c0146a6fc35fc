using System.Text;
using Podium.Checkpoints.Retention;
using Podium.Checkpoints.RunFolders;
using Podium.Checkpoints.Tests.Material;
using Podium.Strategies;

namespace Podium.Checkpoints.Tests.Retention;

/// <summary>A run folder on disk that a test makes up in order to prune it; its clock stands an hour later.</summary>
internal sealed class RunToPrune : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Path => _folder.Path;

    public void Dispose() => _folder.Dispose();

    /// <summary>A run that is evaluated and saved every ten steps.</summary>
    public static RunToPrune Evaluated(params double[] evalLosses) => new RunToPrune().Run(new StateText(), 0, evalLosses);

    /// <summary>A checkpoint after every evaluation, as a trainer that goes on from a log leaves them.</summary>
    public RunToPrune Run(StateText log, long step, params double[] evalLosses)
    {
        foreach (var loss in evalLosses)
        {
            step += 10;
            log.Loss(step, loss - 0.1).Eval(step, loss);
            Checkpoint($"checkpoint-{step}", log, step);
        }

        return this;
    }

    public RunToPrune Checkpoint(string name, StateText log, long step)
    {
        File($"{name}/model.safetensors", Weights(1000));
        _folder.Write($"{name}/trainer_state.json", log.Copy().Head($"\"global_step\": {step}").ToString());
        return this;
    }

    /// <summary>What a trainer saves for going on, 100 bytes each.</summary>
    public RunToPrune TrainingState(string checkpoint, params string[] names)
    {
        foreach (var name in names) File($"{checkpoint}/{name}", new byte[100]);
        return this;
    }

    public RunToPrune File(string path, byte[] bytes)
    {
        var full = Full(path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
        System.IO.File.WriteAllBytes(full, bytes);
        return this;
    }

    public string Full(string path) => System.IO.Path.Combine(Path, path);

    public FolderRanking Rank(Strategy? strategy = null) => FolderRanking.Of(RunFolderReader.Read(Path, new ReadOptions { Time = LaterClock.AnHour }), strategy);

    public PruneSurvey Survey(RetentionPolicy? policy = null) => PruneSurvey.Of(Rank(), policy ?? new RetentionPolicy(), force: false, LaterClock.AnHour);

    public PruneOutcome Apply(RetentionPolicy? policy = null, PruneOptions? options = null, CancellationToken cancellation = default) =>
        Pruning.Apply(Path, () => Rank(), policy ?? new RetentionPolicy(), options ?? new PruneOptions { Time = LaterClock.AnHour }, cancellation);

    /// <summary>The names directly below the folder, in order; what Podium keeps there apart.</summary>
    public string[] Names() => [.. Directory.EnumerateFileSystemEntries(Path).Select(path => System.IO.Path.GetFileName(path)).Where(name => name != ".podium").Order(StringComparer.Ordinal)];

    /// <summary>Whole weights of one tensor.</summary>
    public static byte[] Weights(int bytes)
    {
        var header = Encoding.UTF8.GetBytes($$$"""{"w":{"dtype":"U8","shape":[{{{bytes}}}],"data_offsets":[0,{{{bytes}}}]}}""");
        return [.. BitConverter.GetBytes((long)header.Length), .. header, .. new byte[bytes]];
    }
}

internal static class SurveyExtensions
{
    public static string[] Deleted(this RetentionPlan plan) => [.. plan.Decisions.Where(decision => decision.Action != RetentionAction.Keep).Select(decision => decision.Path)];

    public static string[] Kept(this RetentionPlan plan) => [.. plan.Decisions.Where(decision => decision.Action == RetentionAction.Keep).Select(decision => decision.Path)];

    public static IReadOnlyList<string> Why(this RetentionPlan plan, string path) => plan.Decisions.Single(decision => decision.Path == path).Reasons;
}
