using Podium.Checkpoints.Sweeps;
using Podium.Checkpoints.Tests.Material;

namespace Podium.Checkpoints.Tests.Sweeps;

public sealed class RunSettingsTests : IDisposable
{
    private readonly RunOnDisk _run = new();

    public void Dispose() => _run.Dispose();

    private RunSettings Read()
    {
        var folder = _run.Read();
        return RunSettings.Of(folder, folder.Runs[0]);
    }

    [Fact]
    public void Of_StateFile_HasTheHighestLearningRateAndWhatTheTailSays()
    {
        _run.Checkpoint("checkpoint-20", new StateText()
            .Entry("\"loss\": 2.0", "\"learning_rate\": 1e-05", "\"step\": 10").Entry("\"loss\": 1.0", "\"learning_rate\": 5e-05", "\"step\": 15").Entry("\"loss\": 1.0", "\"learning_rate\": NaN", "\"step\": 20")
            .Tail("\"max_steps\": 200").Tail("\"num_train_epochs\": 3").Tail("\"train_batch_size\": 8").ToString());

        Read().Values.ShouldBe(new Dictionary<string, string> { ["learning_rate"] = "5E-05", ["max_steps"] = "200", ["num_train_epochs"] = "3", ["train_batch_size"] = "8" }, ignoreOrder: true);
    }

    [Fact]
    public void Of_Adapter_HasWhatMatters()
    {
        _run.Checkpoint("checkpoint-20", new StateText().Loss(10, 1).ToString());
        File.WriteAllText(Path.Combine(_run.Path, "checkpoint-20", "adapter_config.json"), """{"r": 16, "lora_alpha": 32, "lora_dropout": 0.05, "peft_type": "LORA", "use_dora": false, "target_modules": ["q"], "use_rslora": null}""");

        Read().Values.ShouldBe(
            new Dictionary<string, string> { ["adapter.r"] = "16", ["adapter.lora_alpha"] = "32", ["adapter.lora_dropout"] = "0.05", ["adapter.peft_type"] = "LORA", ["adapter.use_dora"] = "False" }, ignoreOrder: true);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[1]")]
    [InlineData("")]
    public void Of_AdapterThatCannotBeRead_HasNothing(string config)
    {
        _run.Checkpoint("checkpoint-20", new StateText().Loss(10, 1).ToString());
        File.WriteAllText(Path.Combine(_run.Path, "checkpoint-20", "adapter_config.json"), config);

        Read().Values.ShouldBeEmpty();
    }

    [Fact]
    public void Differing_Settings_AreThoseNotTheSameInAll()
    {
        static RunSettings Of(params (string, string)[] values) => new(values.ToDictionary(value => value.Item1, value => value.Item2));

        RunSettings.Differing([Of(("a", "1"), ("b", "1"), ("z", "1")), Of(("a", "1"), ("b", "2"), ("z", "1")), Of(("a", "1"), ("b", "1"), ("c", "1"), ("z", "1"))]).ShouldBe(["b", "c"]);
        RunSettings.Differing([]).ShouldBeEmpty();
    }
}
