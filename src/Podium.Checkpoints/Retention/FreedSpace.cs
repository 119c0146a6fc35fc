namespace Podium.Checkpoints.Retention;

/// <summary>
/// How much disk deletions free, one after the other. A file with several names (hard links) frees its bytes with the last of
/// them, so that one which is also known outside of what is deleted frees nothing.
/// </summary>
/// <remarks>What copies share on a file system that shares blocks (reflinks) cannot be told; it counts as freed.</remarks>
internal sealed class FreedSpace(FolderContents contents)
{
    private readonly Dictionary<(ulong Device, ulong Inode), uint> _gone = [];

    /// <summary>The bytes that go with these entries, after all that went before.</summary>
    public long Delete(IEnumerable<FolderEntry> entries)
    {
        var freed = 0L;
        foreach (var entry in entries)
        {
            if (entry.IsFolder) continue;
            if (FileIdentity.Of(contents.FullPath(entry.Path)) is not { Links: > 1 } file)
            {
                freed += entry.Length;
                continue;
            }

            var gone = _gone.GetValueOrDefault((file.Device, file.Inode)) + 1;
            _gone[(file.Device, file.Inode)] = gone;
            if (gone == file.Links) freed += entry.Length;
        }

        return freed;
    }
}
