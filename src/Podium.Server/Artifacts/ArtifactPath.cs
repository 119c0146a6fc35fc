using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Podium.Server.Artifacts;

/// <summary>Where an artifact belongs: <c>EXPERIMENT/RUN/artifacts/…</c> or <c>EXPERIMENT/models/MODEL/artifacts/…</c>.</summary>
/// <param name="ExperimentId">The experiment.</param>
/// <param name="RunId">The run; null for a model's.</param>
/// <param name="ModelId">The model; null for a run's.</param>
/// <param name="Names">The folders and the file below that; none: all of it.</param>
internal sealed record ArtifactPath(long ExperimentId, string? RunId, string? ModelId, IReadOnlyList<string> Names)
{
    private const string Artifacts = "artifacts";
    private const string Models = "models";
    private const int LongestName = 255;
    private const int MostNames = 64;

    /// <summary>Reads a path, and holds it to what can be no other place than it says.</summary>
    /// <param name="text">The path, decoded.</param>
    /// <param name="path">Where it leads.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out ArtifactPath? path)
    {
        path = null;
        var names = text.Trim('/').Split('/');
        if (names.Length is < 3 or > MostNames || !Array.TrueForAll(names, IsName)) return false;
        if (!long.TryParse(names[0], NumberStyles.None, CultureInfo.InvariantCulture, out var experiment)) return false;
        if (names is [_, Models, var model, Artifacts, .. var ofModel]) path = new ArtifactPath(experiment, null, model, ofModel);
        else if (names is [_, var run, Artifacts, .. var ofRun] && run != Models) path = new ArtifactPath(experiment, run, null, ofRun);
        return path is not null;
    }

    /// <summary>The same place relative to the folder of all artifacts.</summary>
    public string Relative => Path.Combine([
        ExperimentId.ToString(CultureInfo.InvariantCulture),
        .. RunId is { } run ? (ReadOnlySpan<string>)[run] : [Models, ModelId!],
        Artifacts,
        .. Names,
    ]);

    /// <summary>Whether a name is one of a file alone: no way up, no separator, nothing that another system reads otherwise.</summary>
    private static bool IsName(string name) =>
        name.Length > 0 && name is not ("." or "..") && Encoding.UTF8.GetByteCount(name) <= LongestName
        && !name.Any(char.IsControl) && !name.Contains('\\', StringComparison.Ordinal)
        // A slash that came through encoded twice.
        && !name.Contains("%2f", StringComparison.OrdinalIgnoreCase) && !name.Contains("%5c", StringComparison.OrdinalIgnoreCase) && !name.Contains("%00", StringComparison.Ordinal);
}
