using Podium.Checkpoints.Folders;
using Podium.Checkpoints.Verification.Shards;
using Podium.Checkpoints.Verification.Weights;

namespace Podium.Checkpoints.Verification;

/// <summary>What the files of one checkpoint say, before it is held against the others.</summary>
internal sealed class Findings(CheckpointCandidate candidate)
{
    /// <summary>The checkpoint.</summary>
    public CheckpointCandidate Candidate { get; } = candidate;

    /// <summary>What is wrong, file by file.</summary>
    public List<ReadFault> Faults { get; } = [];

    /// <summary>What else to know.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>The sets of weights in it; one that is whole is enough.</summary>
    public List<WeightSet> Sets { get; } = [];

    /// <summary>The shards that a distributed optimizer left; null where there are none.</summary>
    public DistributedShards? Shards { get; set; }

    /// <summary>Whether an optimizer's state of one file is there and whole.</summary>
    public bool HasOptimizer { get; set; }

    /// <summary>Whether a scheduler's state is there and whole; null where there is none.</summary>
    public bool? HasScheduler { get; set; }

    /// <summary>Whether random states are there.</summary>
    public bool HasRandomStates { get; set; }

    /// <summary>The full path of a file of the checkpoint; a Lightning checkpoint is its own only file.</summary>
    public string FullPath(string path) => path.Length == 0 ? Candidate.FullPath : Path.Combine(Candidate.FullPath, path);

    /// <summary>Takes what a file says; its fault is noted.</summary>
    /// <returns>Null where it says nothing.</returns>
    public T? Take<T>(FileReading<T> reading)
        where T : class
    {
        if (reading.Fault is not null) Faults.Add(reading.Fault);
        return reading.Value;
    }
}
