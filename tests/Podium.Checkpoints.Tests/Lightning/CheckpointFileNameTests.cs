using Podium.Checkpoints.Lightning;

namespace Podium.Checkpoints.Tests.Lightning;

public sealed class CheckpointFileNameTests
{
    [Theory]
    [InlineData("epoch=4-step=50-val_loss=0.280.ckpt", 50L, 4L, false)]
    [InlineData("epoch=4-step=50.ckpt", 50L, 4L, false)]
    [InlineData("epoch=4-step=50-v1.ckpt", 50L, 4L, false)]
    [InlineData("epoch=04-val_loss=-0.32.ckpt", null, 4L, false)]
    [InlineData("epoch=4.ckpt", null, 4L, false)]
    [InlineData("my-model-epoch=02-global_step=7.ckpt", 7L, 2L, false)]
    [InlineData("last.ckpt", null, null, true)]
    [InlineData("last-v1.ckpt", null, null, true)]
    [InlineData("lasting.ckpt", null, null, false)]
    [InlineData("epoch=1-val_step=3.ckpt", null, 1L, false)]
    [InlineData("step=0.5-step=6.ckpt", 6L, null, false)]
    [InlineData("step=99999999999999999999.ckpt", null, null, false)]
    [InlineData("step=.ckpt", null, null, false)]
    [InlineData("weights.ckpt", null, null, false)]
    [InlineData(".ckpt", null, null, false)]
    public void TryParse_CheckpointNames_SayWhatTheySay(string fileName, long? step, long? epoch, bool isLast)
    {
        CheckpointFileName.TryParse(fileName, out var name).ShouldBeTrue();

        name.ShouldBe(new CheckpointFileName(step, epoch, isLast));
    }

    [Theory]
    [InlineData("epoch=4-step=50.pt")]
    [InlineData("checkpoint-20")]
    [InlineData("")]
    public void TryParse_OtherNames_AreNone(string fileName) => CheckpointFileName.TryParse(fileName, out _).ShouldBeFalse();
}
