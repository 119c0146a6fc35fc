using Podium.Checkpoints.Folders;

namespace Podium.Checkpoints.Tests.Folders;

public sealed class CheckpointNameTests
{
    [Theory]
    [InlineData("checkpoint-20", 20L, null, false, true)]
    [InlineData("checkpoint-0", 0L, null, false, true)]
    [InlineData("checkpoint-00020", 20L, null, false, true)]
    [InlineData("checkpoint-9223372036854775807", long.MaxValue, null, false, true)]
    [InlineData("tmp-checkpoint-20", 20L, null, true, true)]
    [InlineData("checkpoint-20_merged", 20L, null, false, true)]
    [InlineData("checkpoint-20-merged-16bit", 20L, null, false, true)]
    [InlineData("checkpoint-epoch-2", null, 2L, false, true)]
    [InlineData("checkpoint-epoch-2_merged", null, 2L, false, true)]
    [InlineData("checkpoint-epoch-2-step-40", 40L, 2L, false, true)]
    [InlineData("checkpoint-epoch-2-step-40_merged", 40L, 2L, false, true)]
    [InlineData("tmp-checkpoint-epoch-2-step-40", 40L, 2L, true, true)]
    [InlineData("epoch_3", null, 3L, false, false)]
    [InlineData("step_40", 40L, null, false, false)]
    [InlineData("last-checkpoint", null, null, false, true)]
    public void TryParse_NameOfACheckpoint_SaysWhatItSays(string name, long? step, long? epoch, bool temporary, bool certain)
    {
        CheckpointName.TryParse(name, out var checkpoint).ShouldBeTrue();

        (checkpoint.Step, checkpoint.Epoch, checkpoint.IsTemporary, checkpoint.IsCertain).ShouldBe((step, epoch, temporary, certain));
    }

    [Theory]
    [InlineData("")]
    [InlineData("checkpoint")]
    [InlineData("checkpoint-")]
    [InlineData("checkpoint-best")]
    [InlineData("checkpoint-20x")]
    [InlineData("checkpoint-20_")]
    [InlineData("checkpoint-20.5")]
    [InlineData("checkpoint--20")]
    [InlineData("checkpoint- 20")]
    [InlineData("checkpoint-99999999999999999999")]
    [InlineData("checkpoint-epoch-")]
    [InlineData("checkpoint-epoch-x")]
    [InlineData("checkpoint-epoch-2-step-")]
    [InlineData("Checkpoint-20")]
    [InlineData("my-checkpoint-20")]
    [InlineData("checkpoints")]
    [InlineData("epoch_")]
    [InlineData("epoch_3_merged")]
    [InlineData("epoch-3")]
    [InlineData("step_40.pt")]
    [InlineData("last-checkpoint-1")]
    [InlineData("checkpoint-٣")]
    public void TryParse_AnotherName_IsNone(string name) => CheckpointName.TryParse(name, out _).ShouldBeFalse();
}
