using System.Diagnostics.CodeAnalysis;
using System.IO.Enumeration;

namespace Podium.Server.Access;

/// <summary>The folders that callers may name: those at or below a root, wherever a trainer has them mounted.</summary>
/// <remarks>
/// What is answered contains no link below its root, so that what was looked at is what will be read. Whoever keeps a folder's
/// name asks again before reading it later: links come and go.
/// </remarks>
internal sealed class AllowedFolders
{
    private const int LongestPath = 4096;

    // Deeper than this, nothing of a run folder is read.
    private const int DeepestRead = 3;

    private readonly IReadOnlyList<Root> _roots;
    private readonly IReadOnlyList<FolderMap> _maps;

    /// <param name="roots">The folders of <c>--runs</c>.</param>
    /// <param name="maps">The pairs of <c>--map</c>, already found to be right.</param>
    public AllowedFolders(IReadOnlyList<string> roots, IReadOnlyList<string> maps)
    {
        _roots = [.. roots.Select(root => new Root(Path.TrimEndingDirectorySeparator(Path.GetFullPath(root))))];
        // The longest first: /outputs/old may lie elsewhere than the rest of /outputs.
        _maps = [.. maps.Select(FolderMap.Parse).OfType<FolderMap>().OrderByDescending(map => map.There.Length)];
    }

    /// <summary>The folders at or below which run folders may lie, as they were given.</summary>
    public IReadOnlyList<string> Roots => [.. _roots.Select(root => root.Path)];

    /// <summary>Finds the folder that a caller names.</summary>
    /// <param name="named">An absolute path, here or as a trainer has it, or one below a root; the first root that has it wins.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="fault">Why there is none, in a sentence.</param>
    public bool TryFind(string? named, [NotNullWhen(true)] out string? folder, [NotNullWhen(false)] out string? fault)
    {
        (folder, fault) = (null, null);
        foreach (var candidate in Candidates(named, byLastPart: false))
        {
            if (candidate.TryResolve(out folder, out var refused))
            {
                fault = null;
                return true;
            }

            fault ??= refused;
        }

        fault ??= FaultOf(named);
        return false;
    }

    /// <summary>Finds all folders that a trainer may have meant, the likeliest first: as it is named, then by its last part below each root.</summary>
    /// <param name="named">A path as a trainer has it.</param>
    public IReadOnlyList<string> FindAll(string? named)
    {
        List<string> found = [];
        foreach (var candidate in Candidates(named, byLastPart: true))
            if (candidate.TryResolve(out var folder, out _) && !found.Contains(folder, StringComparer.Ordinal))
                found.Add(folder);
        return found;
    }

    /// <summary>Finds a link in a folder that leads out of the roots: whoever may write there could have any file of this machine read by it.</summary>
    /// <param name="folder">A folder that was found here.</param>
    /// <returns>Where it stands, from the folder on; null where there is none.</returns>
    public string? LinkOutOf(string folder)
    {
        var links = new FileSystemEnumerable<string>(
            folder,
            static (ref FileSystemEntry entry) => entry.ToFullPath(),
            new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = DeepestRead, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.None })
        {
            ShouldIncludePredicate = static (ref FileSystemEntry entry) => entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
            ShouldRecursePredicate = static (ref FileSystemEntry entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        };
        foreach (var link in links)
            if (!RealPath.TryOf(link, out var real, out _) || !_roots.Any(root => root.AsNamed(real) is not null))
                return Path.GetRelativePath(folder, link);
        return null;
    }

    private IEnumerable<Candidate> Candidates(string? named, bool byLastPart)
    {
        if (IsMalformed(named)) yield break;
        var path = named;
        foreach (var map in _maps)
            if (map.TryTranslate(named, out var here))
            {
                path = here;
                break;
            }

        if (Path.IsPathRooted(path))
        {
            var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
            foreach (var root in _roots)
                if (root.BelowOf(full) is { } below)
                    yield return new Candidate(_roots, root, below, named);
            yield break;
        }

        foreach (var root in _roots) yield return new Candidate(_roots, root, path, named);
        if (!byLastPart) yield break;
        var last = Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
        if (last != path && last is not "" and not ".")
            foreach (var root in _roots)
                yield return new Candidate(_roots, root, last, named);
    }

    private static bool IsMalformed([NotNullWhen(false)] string? named) =>
        string.IsNullOrWhiteSpace(named) || named.Length > LongestPath || named.Contains('\0', StringComparison.Ordinal) || named.Split('/', '\\').Contains("..", StringComparer.Ordinal);

    /// <summary>Why a path was not even looked for.</summary>
    private string FaultOf(string? named) =>
        string.IsNullOrWhiteSpace(named) ? "No folder is named."
        : named.Length > LongestPath ? $"A path of {named.Length} characters is too long; {LongestPath} is the most."
        : IsMalformed(named) ? "A path may have no '..' and no zero character in it."
        : _roots.Count == 0 ? $"'{named}' cannot be read: the server was started without run folders. Start it with --runs DIR."
        : $"'{named}' lies at or below none of the folders that the server was started with (--runs).";

    /// <summary>A folder that might be the one.</summary>
    private readonly record struct Candidate(IReadOnlyList<Root> Roots, Root Root, string Below, string Named)
    {
        public bool TryResolve([NotNullWhen(true)] out string? folder, [NotNullWhen(false)] out string? fault)
        {
            folder = null;
            if (!RealPath.TryOf(Path.Join(Root.Path, Below), out var real, out var trouble)) fault = $"'{Named}' cannot be read: {trouble}";
            // A link may lead from one root to another.
            else if (Roots.Select(root => root.AsNamed(real)).FirstOrDefault(named => named is not null) is not { } named) fault = $"'{Named}' leads out of the run folders by a symbolic link.";
            else if (!Directory.Exists(real)) fault = File.Exists(real) ? $"'{Named}' is no folder." : $"There is no folder '{Named}'.";
            else (folder, fault) = (named, null);
            return fault is null;
        }
    }

    /// <summary>A folder at or below which run folders may lie. Links on the way to it are the administrator's; only below it somebody else may have made some.</summary>
    private sealed record Root(string Path)
    {
        /// <summary>The rest of a path that lies at or below the root, by its words alone: nothing that it names is looked at, and nothing told of it.</summary>
        public string? BelowOf(string path) => Below(Path, path) ?? (RealPath.TryOf(Path, out var real, out _) ? Below(real, path) : null);

        /// <summary>A path without links, with the root as it was given; null where it lies elsewhere.</summary>
        public string? AsNamed(string path) =>
            !RealPath.TryOf(Path, out var real, out _) || Below(real, path) is not { } below ? null
            : below.Length == 0 ? Path
            : System.IO.Path.Join(Path, below);

        private static string? Below(string root, string path) =>
            path == root ? ""
            : path.StartsWith(root, StringComparison.Ordinal) && (root.EndsWith('/') || path[root.Length] == '/') ? path[root.Length..].TrimStart('/')
            : null;
    }
}
