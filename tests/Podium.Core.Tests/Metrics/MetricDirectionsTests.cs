using Podium.Metrics;

namespace Podium.Core.Tests.Metrics;

public sealed class MetricDirectionsTests
{
    [Theory]
    [InlineData("loss")]
    [InlineData("eval_loss")]
    [InlineData("eval_near_loss")]
    [InlineData("val_losses")]
    [InlineData("train_loss")]
    [InlineData("perplexity")]
    [InlineData("eval_perplexity")]
    [InlineData("ppl")]
    [InlineData("wer")]
    [InlineData("eval_wer")]
    [InlineData("test_wer")]
    [InlineData("eval_cer")]
    [InlineData("ter")]
    [InlineData("eval_mae")]
    [InlineData("eval_mse")]
    [InlineData("eval_rmse")]
    [InlineData("error_rate")]
    [InlineData("eval_mean_squared_error")]
    [InlineData("nll")]
    [InlineData("EVAL_WER")]
    public void TryGet_LossesAndErrors_AreBetterLower(string metric)
    {
        MetricDirections.TryGet(metric, out var direction).ShouldBeTrue();
        direction.ShouldBe(MetricDirection.Minimize);
    }

    [Theory]
    [InlineData("accuracy")]
    [InlineData("eval_accuracy")]
    [InlineData("acc")]
    [InlineData("eval_mean_token_accuracy")]
    [InlineData("token_accuracy")]
    [InlineData("top_5_accuracy")]
    [InlineData("f1")]
    [InlineData("eval_f1")]
    [InlineData("f1_macro")]
    [InlineData("eval_f1-score")]
    [InlineData("macro_f1")]
    [InlineData("precision")]
    [InlineData("recall@5")]
    [InlineData("bleu")]
    [InlineData("eval_bleu-4")]
    [InlineData("sacrebleu")]
    [InlineData("rouge1")]
    [InlineData("eval_rouge-1")]
    [InlineData("rouge2_fmeasure")]
    [InlineData("rougeL")]
    [InlineData("eval_rougeLsum")]
    [InlineData("meteor")]
    [InlineData("auc")]
    [InlineData("roc_auc")]
    [InlineData("reward")]
    [InlineData("eval_reward")]
    [InlineData("eval_rewards/accuracies")]
    [InlineData("eval_rewards/margins")]
    [InlineData("exact_match")]
    [InlineData("eval_exact_match")]
    [InlineData("matthews_correlation")]
    [InlineData("map50")]
    [InlineData("eval_r2")]
    public void TryGet_Merits_AreBetterHigher(string metric)
    {
        MetricDirections.TryGet(metric, out var direction).ShouldBeTrue();
        direction.ShouldBe(MetricDirection.Maximize);
    }

    [Theory]
    [InlineData("")]
    [InlineData("eval_")]
    [InlineData("eval_samples_per_second")]
    [InlineData("eval_steps_per_second")]
    [InlineData("eval_runtime")]
    [InlineData("train_runtime")]
    [InlineData("grad_norm")]
    [InlineData("learning_rate")]
    [InlineData("epoch")]
    [InlineData("entropy")]
    [InlineData("eval_zeal")]
    [InlineData("total_flos")]
    [InlineData("f")]
    [InlineData("r")]
    [InlineData("logps/chosen")]
    [InlineData("eval_num_tokens")]
    [InlineData("glossary")]
    [InlineData("remapped")]
    public void TryGet_NamesThatSayNothing_AreNotGuessed(string metric) => MetricDirections.TryGet(metric, out _).ShouldBeFalse();

    [Theory]
    [InlineData("eval_rewards/rejected")]
    [InlineData("reward_std")]
    [InlineData("accuracy_loss")]
    [InlineData("f1_error")]
    [InlineData("negative_log_likelihood_loss")]
    public void TryGet_NamesThatContradictOrReverseThemselves_AreNotGuessed(string metric) => MetricDirections.TryGet(metric, out _).ShouldBeFalse();
}
