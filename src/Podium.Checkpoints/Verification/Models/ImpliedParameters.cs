namespace Podium.Checkpoints.Verification.Models;

/// <summary>How many parameters a configuration implies, at least.</summary>
/// <remarks>
/// Counted are the embeddings, once, as tied ones are saved, and the matrices of the layers. Norms, biases and heads are
/// left out: they are little, and differ by task. An architecture that is not here, or a configuration without one of its
/// numbers, implies nothing.
/// </remarks>
internal static class ImpliedParameters
{
    // Only a damaged configuration has a number beyond it, and products might not fit.
    private const long MostOfAnything = 1L << 28;

    /// <summary>The least number of parameters; null where it is not known.</summary>
    public static long? AtLeast(ModelConfig config) => config.ModelType switch
    {
        "gpt2" => Gpt2(config),
        "gpt_neox" => Plain(config, "hidden_size", "intermediate_size", "num_hidden_layers", positions: null),
        "bert" or "roberta" or "xlm-roberta" or "electra" => Plain(config, "hidden_size", "intermediate_size", "num_hidden_layers", "max_position_embeddings"),
        "distilbert" => Plain(config, "dim", "hidden_dim", "n_layers", "max_position_embeddings"),
        "opt" => Opt(config),
        "llama" or "mistral" or "qwen2" or "qwen3" or "gemma" or "gemma2" or "phi3" => Gated(config, experts: 1),
        "mixtral" => Gated(config, config.Number("num_local_experts")),
        "t5" or "mt5" => T5(config),
        _ => null,
    };

    private static long? Gpt2(ModelConfig config)
    {
        var width = config.Number("n_embd");
        return Sum(
            Product(config.Number("vocab_size"), width),
            Product(config.Number("n_positions", "n_ctx"), width),
            Product(config.Number("n_layer"), 4, width, width),
            Product(config.Number("n_layer"), 2, width, config.Number("n_inner") ?? 4 * width));
    }

    /// <summary>Attention of four square matrices, and two matrices to the inner width and back.</summary>
    private static long? Plain(ModelConfig config, string widthKey, string innerKey, string layersKey, string? positions)
    {
        var (width, layers) = (config.Number(widthKey), config.Number(layersKey));
        // ELECTRA's embeddings may be narrower than its layers.
        var embedding = config.ModelType == "electra" ? config.Number("embedding_size") : width;
        return Sum(
            Product(config.Number("vocab_size"), embedding),
            positions is null ? 0 : Product(config.Number(positions), embedding),
            Product(layers, 4, width, width),
            Product(layers, 2, width, config.Number(innerKey)));
    }

    private static long? Opt(ModelConfig config)
    {
        var (width, layers) = (config.Number("hidden_size"), config.Number("num_hidden_layers"));
        return Sum(
            Product(config.Number("vocab_size"), config.Number("word_embed_proj_dim") ?? width),
            Product(config.Number("max_position_embeddings"), width),
            Product(layers, 4, width, width),
            Product(layers, 2, width, config.Number("ffn_dim")));
    }

    /// <summary>Attention with fewer heads for keys and values, and three matrices of the inner width, one such set an expert.</summary>
    private static long? Gated(ModelConfig config, long? experts)
    {
        var (width, layers, heads) = (config.Number("hidden_size"), config.Number("num_hidden_layers"), config.Number("num_attention_heads"));
        if (heads is null or <= 0) return null;
        var head = config.Number("head_dim") ?? width / heads;
        return Sum(
            Product(config.Number("vocab_size"), width),
            Product(layers, 2, width, heads, head),
            Product(layers, 2, width, config.Number("num_key_value_heads") ?? heads, head),
            Product(layers, experts, 3, width, config.Number("intermediate_size")));
    }

    private static long? T5(ModelConfig config)
    {
        var (width, inner, encoder) = (config.Number("d_model"), config.Number("d_ff"), config.Number("num_layers"));
        // Some are saved without their decoder.
        long matrices = config.Text("feed_forward_proj").StartsWith("gated", StringComparison.Ordinal) ? 3 : 2;
        return Sum(
            Product(config.Number("vocab_size"), width),
            Product(encoder, 4, width, config.Number("num_heads"), config.Number("d_kv")),
            Product(encoder, matrices, width, inner));
    }

    private static long? Sum(params ReadOnlySpan<long?> parts)
    {
        long? sum = 0;
        foreach (var part in parts) sum += part;
        return sum;
    }

    private static long? Product(params ReadOnlySpan<long?> factors)
    {
        var product = 1L;
        foreach (var factor in factors)
        {
            if (factor is not (>= 0 and <= MostOfAnything and var number) || product > long.MaxValue / MostOfAnything) return null;
            product *= number;
        }

        return product;
    }
}
