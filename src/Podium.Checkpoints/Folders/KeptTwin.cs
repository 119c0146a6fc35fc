namespace Podium.Checkpoints.Folders;

/// <summary>Tells whether a kept checkpoint is a copy of the one that has its name now, or of one that a fork wrote over.</summary>
internal static class KeptTwin
{
    private const int Part = 64 * 1024;

    /// <summary>Whether two checkpoints have the same history: the same state file, byte for byte.</summary>
    /// <param name="one">The full path of one.</param>
    /// <param name="other">The full path of the other.</param>
    /// <returns>False too where one of them has none: then nothing says that they are the same.</returns>
    public static bool HaveTheSameState(string one, string other)
    {
        var first = new FileInfo(Path.Combine(one, CheckpointFiles.StateFileName));
        var second = new FileInfo(Path.Combine(other, CheckpointFiles.StateFileName));
        if (!first.Exists || !second.Exists || first.Length != second.Length) return false;
        // A copy keeps the time of what it is copied from.
        return first.LastWriteTimeUtc == second.LastWriteTimeUtc || HaveTheSameBytes(first.FullName, second.FullName);
    }

    private static bool HaveTheSameBytes(string one, string other)
    {
        using var first = SharedFile.OpenStream(one);
        using var second = SharedFile.OpenStream(other);
        Span<byte> left = new byte[Part], right = new byte[Part];
        while (true)
        {
            var read = first.ReadAtLeast(left, Part, throwOnEndOfStream: false);
            if (second.ReadAtLeast(right, Part, throwOnEndOfStream: false) != read || !left[..read].SequenceEqual(right[..read])) return false;
            if (read < Part) return true;
        }
    }
}
