namespace Podium.Checkpoints.Verification.Weights;

/// <summary>What the name of a weight file says.</summary>
internal static class WeightFileName
{
    private const StringComparison Exactly = StringComparison.Ordinal;

    /// <summary>The folder of a path, with the slash behind it; empty for the checkpoint's own.</summary>
    public static string Folder(string path) => path[..(path.LastIndexOf('/') + 1)];

    /// <summary>Whether it holds an adapter.</summary>
    public static bool IsAdapter(string path) => Name(path).StartsWith("adapter_model", Exactly);

    /// <summary>Whether it is a part beside the model: the value head of reinforcement learning, or what MLX saves of its optimizer.</summary>
    public static bool IsExtra(string path) => Name(path) is var name && (name.StartsWith("value_head.", Exactly) || name.StartsWith("v_head.", Exactly) || name.StartsWith("optimizer.", Exactly));

    /// <summary>Whether it is one of several shards, by its name: <c>model-00001-of-00003.safetensors</c>.</summary>
    public static bool IsShard(string path)
    {
        var name = Name(path);
        var stem = name[..Math.Max(0, name.LastIndexOf('.'))];
        var of = stem.LastIndexOf("-of-", Exactly);
        if (of < 0 || !AllDigits(stem[(of + 4)..])) return false;
        var dash = stem[..of].LastIndexOf('-');
        return dash >= 0 && AllDigits(stem[(dash + 1)..of]);
    }

    /// <summary>The ending that an index and its shards share: <c>.safetensors</c> or <c>.bin</c>.</summary>
    /// <param name="path">A weight file or an index.</param>
    public static string Ending(string path) => Path.GetExtension(path.EndsWith(".index.json", Exactly) ? path[..^".index.json".Length] : path);

    private static ReadOnlySpan<char> Name(string path) => path.AsSpan(path.LastIndexOf('/') + 1);

    private static bool AllDigits(ReadOnlySpan<char> text) => text.Length > 0 && !text.ContainsAnyExceptInRange('0', '9');
}
