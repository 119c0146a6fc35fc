using Podium.Checkpoints.Folders;
using Podium.Checkpoints.Verification.Deep;
using Podium.Ranking;

namespace Podium.Checkpoints.Verification;

/// <summary>Reads every byte of a checkpoint's weights and holds it against what was read before.</summary>
/// <remarks>
/// The checksums lie in the run folder, one file a checkpoint: <c>.podium/checksums/checkpoint-20.sha256</c>, which
/// <c>sha256sum -c</c> takes in the checkpoint's folder too (of a Lightning checkpoint, which is a file, in the run folder).
/// </remarks>
public static class DeepVerification
{
    /// <summary>How many bytes there are to read of a checkpoint.</summary>
    /// <param name="runFolder">The run folder.</param>
    /// <param name="checkpoint">The checkpoint's path, relative to it.</param>
    public static long BytesToRead(string runFolder, string checkpoint) => Files(Path.Combine(runFolder, checkpoint), checkpoint).Sum(file => file.Length);

    /// <summary>Reads a checkpoint's weights, takes their checksums and records them.</summary>
    /// <param name="runFolder">The run folder.</param>
    /// <param name="checkpoint">The checkpoint's path, relative to it.</param>
    /// <param name="verified">What its headers said.</param>
    /// <param name="time">The clock, for the record.</param>
    /// <param name="onRead">Told after each part how many bytes it had; null: nobody.</param>
    /// <param name="cancellation">Ends the reading; nothing is recorded then.</param>
    /// <returns>
    /// What the headers said, with what was found. A file whose bytes are others than were recorded, though by its size and
    /// time it was not written since, makes the checkpoint damaged, and its old record is kept. One that was written since
    /// is recorded anew, with a note.
    /// </returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static CheckpointVerification Verify(
        string runFolder, string checkpoint, CheckpointVerification verified, TimeProvider time, Action<long>? onRead = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(verified);
        ArgumentNullException.ThrowIfNull(time);
        var folder = Path.Combine(runFolder, checkpoint);
        var recordPath = ChecksumRecord.PathOf(runFolder, checkpoint);
        List<ReadFault> faults = [];
        List<string> notes = [];
        var isRotten = false;
        var old = ReadRecord(recordPath, notes);
        List<FileChecksum> checksums = [];
        foreach (var file in Files(folder, checkpoint))
        {
            var known = old.GetValueOrDefault(file.Path);
            var reading = FileDigest.Take(File.Exists(folder) ? folder : Path.Combine(folder, file.Path), file.Path, time.GetUtcNow(), onRead, cancellation);
            var isFaulty = verified.Faults.Any(fault => fault.Path == file.Path);
            if (reading.Fault is { } fault)
            {
                faults.Add(fault);
                isRotten |= !fault.EndedEarly;
            }

            if (reading.Value is { } read && known is not null && read.Digest != known.Digest)
            {
                if (read.Length == known.Length && read.Written == known.Written)
                {
                    faults.Add(new ReadFault(file.Path, $"its bytes changed since {known.Recorded:u}, without having been written: bit rot"));
                    (isRotten, isFaulty) = (true, true);
                }
                else if (!isFaulty)
                {
                    notes.Add($"{file.Path} was written again since its checksum was recorded at {known.Recorded:u}; the new one is recorded.");
                }
            }

            // What is damaged is not recorded as if it were right.
            if ((isFaulty ? known : reading.Value ?? known) is { } kept) checksums.Add(kept);
        }

        Record(recordPath, checksums, notes);
        return verified with
        {
            State = isRotten && verified.State != CheckpointState.Incomplete ? CheckpointState.Damaged : verified.State,
            Faults = [.. verified.Faults, .. faults],
            IsResumable = verified.IsResumable && !isRotten,
            Notes = [.. verified.Notes, .. notes],
        };
    }

    /// <summary>The files that hold weights, whole or in parts, and the indexes that put parts together.</summary>
    private static IEnumerable<CheckpointFile> Files(string folder, string checkpoint)
    {
        if (File.Exists(folder)) return [new CheckpointFile(Path.GetFileName(checkpoint), new FileInfo(folder).Length, CheckpointFileKind.Weights)];
        return CheckpointFiles.Of(folder) is { } files
            ? files.Known.Where(file => file.Kind is CheckpointFileKind.Weights or CheckpointFileKind.WeightIndex or CheckpointFileKind.DeepSpeedShard or CheckpointFileKind.FsdpShard).OrderBy(file => file.Path, NaturalOrder.Instance)
            : [];
    }

    private static Dictionary<string, FileChecksum> ReadRecord(string path, List<string> notes)
    {
        try
        {
            return ChecksumRecord.Read(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            notes.Add($"The recorded checksums could not be read: {exception.Message}");
            return [];
        }
    }

    private static void Record(string path, List<FileChecksum> checksums, List<string> notes)
    {
        if (checksums.Count == 0) return;
        try
        {
            ChecksumRecord.Write(path, checksums);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            notes.Add($"The checksums could not be recorded: {exception.Message}");
        }
    }
}
