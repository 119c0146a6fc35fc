using Podium.Checkpoints.Lightning;

namespace Podium.Checkpoints.Tests.Lightning;

public sealed class LightningKeysTests
{
    [Theory]
    [InlineData("train_loss val_loss", "loss eval_loss")]
    [InlineData("train_loss_step train_loss_epoch", "train_loss_step loss")]
    [InlineData("train_loss_step train_loss", "train_loss_step loss")]
    [InlineData("train_loss train_loss_epoch", "train_loss loss")]
    [InlineData("train_loss_step", "loss")]
    [InlineData("val_loss_step val_loss_epoch", "eval_loss_step eval_loss")]
    [InlineData("val_loss val_loss_epoch", "eval_loss eval_loss_epoch")]
    [InlineData("val_acc test_acc lr-AdamW val_", "eval_acc test_acc lr-AdamW val_")]
    [InlineData("val_loss eval_loss", "val_loss eval_loss")]
    [InlineData("loss train_loss_epoch", "loss train_loss_epoch")]
    public void ToMetrics_Columns_GetTheTrainersNames(string columns, string metrics) =>
        LightningKeys.ToMetrics(columns.Split(' ')).ShouldBe(metrics.Split(' '));
}
