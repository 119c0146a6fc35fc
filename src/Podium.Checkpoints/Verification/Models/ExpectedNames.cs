namespace Podium.Checkpoints.Verification.Models;

/// <summary>The names of the tensors that a configuration implies, for architectures whose names are known.</summary>
internal static class ExpectedNames
{
    // A damaged configuration may ask for any number of layers.
    private const long MostLayers = 1024;

    private static readonly Architecture Gpt2 = new(
        "transformer.",
        "h.",
        ["wte.weight", "wpe.weight", "ln_f.weight", "ln_f.bias"],
        [
            "ln_1.weight", "ln_1.bias", "ln_2.weight", "ln_2.bias", "attn.bias", "attn.masked_bias",
            "attn.c_attn.weight", "attn.c_attn.bias", "attn.c_proj.weight", "attn.c_proj.bias",
            "mlp.c_fc.weight", "mlp.c_fc.bias", "mlp.c_proj.weight", "mlp.c_proj.bias",
        ]);

    private static readonly Architecture Llama = new(
        "model.",
        "layers.",
        ["embed_tokens.weight", "norm.weight"],
        [
            "input_layernorm.weight", "post_attention_layernorm.weight",
            "self_attn.q_proj.weight", "self_attn.k_proj.weight", "self_attn.v_proj.weight", "self_attn.o_proj.weight",
            "self_attn.q_proj.bias", "self_attn.k_proj.bias", "self_attn.v_proj.bias", "self_attn.o_proj.bias",
            "self_attn.q_norm.weight", "self_attn.k_norm.weight", "self_attn.rotary_emb.inv_freq",
            "mlp.gate_proj.weight", "mlp.up_proj.weight", "mlp.down_proj.weight",
            "mlp.gate_proj.bias", "mlp.up_proj.bias", "mlp.down_proj.bias",
        ]);

    private static readonly string[] Heads = ["lm_head.weight", "score.weight"];

    /// <summary>The names, with those of parts that not every model has; empty where the architecture is not known.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="present">The names that are there. They tell whether the model was saved with its head, under a prefix, and which parts it has.</param>
    public static IEnumerable<string> Of(ModelConfig config, IReadOnlyCollection<string> present)
    {
        var architecture = config.ModelType switch
        {
            "gpt2" => Gpt2,
            "llama" or "mistral" or "qwen2" or "qwen3" => Llama,
            _ => null,
        };
        if (architecture is null || config.Number("n_layer", "num_hidden_layers") is not (>= 0 and <= MostLayers and var layers)) return [];

        var prefix = present.Count(name => name.StartsWith(architecture.Prefix, StringComparison.Ordinal)) * 2 > present.Count ? architecture.Prefix : "";
        return [.. Heads, .. architecture.Outside.Select(name => prefix + name), .. InLayers(architecture, prefix, layers, present)];
    }

    /// <summary>A part that no layer has is not expected in any.</summary>
    private static IEnumerable<string> InLayers(Architecture architecture, string prefix, long layers, IReadOnlyCollection<string> present)
    {
        var found = new HashSet<string>(present, StringComparer.Ordinal);
        foreach (var part in architecture.InLayer)
        {
            var names = new string[layers];
            for (var layer = 0; layer < names.Length; layer++) names[layer] = $"{prefix}{architecture.Layers}{layer}.{part}";
            if (layers == 1 || Array.Exists(names, found.Contains))
                foreach (var name in names)
                    yield return name;
        }
    }

    private sealed record Architecture(string Prefix, string Layers, string[] Outside, string[] InLayer);
}
