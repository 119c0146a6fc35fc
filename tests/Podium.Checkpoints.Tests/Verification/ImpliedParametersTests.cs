using System.Text;
using Podium.Checkpoints.Verification.Models;

namespace Podium.Checkpoints.Tests.Verification;

/// <summary>Counts of published models: what is left out, norms, biases and an untied head, makes the rest.</summary>
public sealed class ImpliedParametersTests
{
    private static double? Millions(string members) =>
        ModelConfig.Parse(Encoding.UTF8.GetBytes($"{{{members}}}")) is { } config && ImpliedParameters.AtLeast(config) is { } count ? (double)count / 1e6 : null;

    [Theory]
    [InlineData("\"model_type\":\"gpt2\",\"vocab_size\":50257,\"n_positions\":1024,\"n_embd\":768,\"n_layer\":12", 124.4)]
    [InlineData("\"model_type\":\"bert\",\"vocab_size\":30522,\"max_position_embeddings\":512,\"hidden_size\":768,\"intermediate_size\":3072,\"num_hidden_layers\":12", 109.5)]
    [InlineData("\"model_type\":\"distilbert\",\"vocab_size\":30522,\"max_position_embeddings\":512,\"dim\":768,\"hidden_dim\":3072,\"n_layers\":6", 66.4)]
    [InlineData("\"model_type\":\"opt\",\"vocab_size\":50272,\"max_position_embeddings\":2048,\"hidden_size\":768,\"ffn_dim\":3072,\"word_embed_proj_dim\":768,\"num_hidden_layers\":12", 125.2)]
    [InlineData("\"model_type\":\"gpt_neox\",\"vocab_size\":50304,\"hidden_size\":512,\"intermediate_size\":2048,\"num_hidden_layers\":6", 44.7)]
    [InlineData("\"model_type\":\"llama\",\"vocab_size\":32000,\"hidden_size\":4096,\"intermediate_size\":11008,\"num_hidden_layers\":32,\"num_attention_heads\":32", 6607)]
    [InlineData("\"model_type\":\"mistral\",\"vocab_size\":32000,\"hidden_size\":4096,\"intermediate_size\":14336,\"num_hidden_layers\":32,\"num_attention_heads\":32,\"num_key_value_heads\":8", 7110)]
    [InlineData("\"model_type\":\"mixtral\",\"vocab_size\":32000,\"hidden_size\":4096,\"intermediate_size\":14336,\"num_hidden_layers\":32,\"num_attention_heads\":32,\"num_key_value_heads\":8,\"num_local_experts\":8", 46571)]
    [InlineData("\"model_type\":\"qwen2\",\"vocab_size\":151936,\"hidden_size\":896,\"intermediate_size\":4864,\"num_hidden_layers\":24,\"num_attention_heads\":14,\"num_key_value_heads\":2", 494)]
    [InlineData("\"model_type\":\"gemma2\",\"vocab_size\":256000,\"hidden_size\":2304,\"intermediate_size\":9216,\"num_hidden_layers\":26,\"num_attention_heads\":8,\"num_key_value_heads\":4,\"head_dim\":256", 2614)]
    public void AtLeast_PublishedModel_IsItsSize(string config, double millions) => Millions(config).ShouldNotBeNull().ShouldBe(millions, millions * 0.01);

    [Theory]
    [InlineData("\"model_type\":\"mine\",\"vocab_size\":50257")]
    [InlineData("\"vocab_size\":50257")]
    [InlineData("\"model_type\":\"gpt2\",\"vocab_size\":50257,\"n_embd\":768,\"n_layer\":12")]
    [InlineData("\"model_type\":\"gpt2\",\"vocab_size\":-5,\"n_positions\":1024,\"n_embd\":768,\"n_layer\":12")]
    [InlineData("\"model_type\":\"gpt2\",\"vocab_size\":9223372036854775807,\"n_positions\":1024,\"n_embd\":768,\"n_layer\":12")]
    [InlineData("\"model_type\":\"llama\",\"vocab_size\":32000,\"hidden_size\":4096,\"intermediate_size\":11008,\"num_hidden_layers\":32,\"num_attention_heads\":0")]
    public void AtLeast_NotKnown_ImpliesNothing(string config) => Millions(config).ShouldBeNull();
}
