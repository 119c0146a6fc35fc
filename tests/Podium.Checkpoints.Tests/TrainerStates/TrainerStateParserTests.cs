using System.Text;
using Podium.Checkpoints.Tests.Material;
using Podium.Checkpoints.TrainerStates;
using Podium.Histories;

namespace Podium.Checkpoints.Tests.TrainerStates;

/// <summary>What a whole file says.</summary>
public sealed class TrainerStateParserTests
{
    private static ReadResult<TrainerState> Parse(string text) => TrainerStateParser.Parse(Encoding.UTF8.GetBytes(text), "state");

    private static TrainerState Read(string text) => Parse(text).GetValueOrThrow();

    private static TrainingHistory Log(params string[] entries) => Read($"{{\"log_history\": [{string.Join(", ", entries)}]}}").History;

    private static double[] Values(TrainingHistory history, string metric) => history.Find(metric)!.Values.ToArray();

    [Fact]
    public void Parse_Facts_AreRead()
    {
        var facts = Read("""
            {
              "best_global_step": 40, "best_metric": 1.25, "best_model_checkpoint": "D:\\my runs\\checkpoint-40", "epoch": 2.5,
              "global_step": 60, "log_history": [], "max_steps": 100, "num_train_epochs": 3, "train_batch_size": 8, "trial_name": null
            }
            """).Facts;

        facts.GlobalStep.ShouldBe(60);
        facts.Epoch.ShouldBe(2.5);
        facts.BestMetric.ShouldBe(1.25);
        facts.BestGlobalStep.ShouldBe(40);
        facts.BestModelCheckpoint.ShouldBe(@"D:\my runs\checkpoint-40");
        facts.MaxSteps.ShouldBe(100);
        facts.TrainEpochs.ShouldBe(3);
        facts.TrainBatchSize.ShouldBe(8);
        facts.TrainerChoice.BestCheckpointStep.ShouldBe(40);
    }

    [Theory]
    [InlineData("out/checkpoint-40", 40L)]
    [InlineData("/mnt/a b/checkpoint-40/", 40L)]
    [InlineData(".\\\\results\\\\checkpoint-50", 50L)]
    [InlineData("D:\\\\x\\\\checkpoint-201\\\\", 201L)]
    [InlineData("model-final", null)]
    [InlineData("", null)]
    [InlineData("checkpoint-99999999999999999999999", null)]
    public void Parse_BestModelCheckpoint_OnlyTheTrailingNumberIsOfUse(string path, long? step) =>
        Read($$"""{"best_model_checkpoint": "{{path}}", "log_history": []}""").Facts.TrainerChoice.BestCheckpointStep.ShouldBe(step);

    [Fact]
    public void Parse_FactsThatAreMissingNullOrOfAnotherKind_AreNull()
    {
        foreach (var text in (string[])["{}", """{"best_metric": null, "global_step": "60", "epoch": [1], "max_steps": {"a": 1}, "best_model_checkpoint": 5}"""])
            Read(text).Facts.ShouldBe(new StateFacts());
    }

    [Fact]
    public void Parse_BareWords_AreNumbers()
    {
        var history = Log("""{"eval_loss": NaN, "grad_norm": Infinity, "x": -Infinity, "step": 10}""");

        Values(history, "eval_loss").ShouldBe([double.NaN]);
        Values(history, "grad_norm").ShouldBe([double.PositiveInfinity]);
        Values(history, "x").ShouldBe([double.NegativeInfinity]);
    }

    [Fact]
    public void Parse_BareWordsInTheFacts_AreNumbers() => Read("""{"best_metric": NaN, "epoch": -Infinity, "global_step": NaN, "log_history": []}""").Facts.BestMetric.ShouldBe(double.NaN);

    [Fact]
    public void Parse_NullMetric_IsNaN() => Values(Log("""{"eval_loss": null, "step": 10}"""), "eval_loss").ShouldBe([double.NaN]);

    [Fact]
    public void Parse_MetricThatIsNoNumber_HasNoValueButTellsHistoriesApart()
    {
        var history = Log("""{"loss": "0.5", "step": 10}""");

        history.Find("loss").ShouldBeNull();
        history.StartsWith(Log("""{"loss": "0.5", "step": 10}""")).ShouldBeTrue();
        history.StartsWith(Log("""{"loss": "0.6", "step": 10}""")).ShouldBeFalse();
        history.StartsWith(Log("""{"step": 10}""")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"loss": 1}""")]
    [InlineData("""{"loss": 1, "step": null}""")]
    [InlineData("""{"loss": 1, "step": "10"}""")]
    [InlineData("""{"loss": 1, "step": 10.5}""")]
    [InlineData("""{"loss": 1, "step": NaN}""")]
    [InlineData("""{"loss": 1, "step": 1e30}""")]
    [InlineData("""{"loss": 1, "step": [10]}""")]
    public void Parse_EntryWithoutNumericStep_HasNone(string entry)
    {
        var history = Log(entry, """{"loss": 2, "step": 20}""");

        history.Steps.ToArray().ShouldBe([TrainingHistory.NoStep, 20]);
        Values(history, "loss").ShouldBe([1, 2]);
    }

    [Theory]
    [InlineData("10", 10)]
    [InlineData("10.0", 10)]
    [InlineData("1e3", 1000)]
    [InlineData("0", 0)]
    [InlineData("9007199254740992", 9007199254740992)]
    public void Parse_StepInAnySpelling_IsAWholeNumber(string step, long expected) => Log($"{{\"step\": {step}}}").Steps[0].ShouldBe(expected);

    [Fact]
    public void Parse_NumbersAsBigAsTheyCome_AreTheNearestDoubles()
    {
        var history = Log("""{"a": 1e400, "b": -1e400, "c": 1e-400, "total_flos": 123456789012345678901234567890, "d": -0.0, "step": 1}""");

        Values(history, "a").ShouldBe([double.PositiveInfinity]);
        Values(history, "b").ShouldBe([double.NegativeInfinity]);
        Values(history, "c").ShouldBe([0]);
        Values(history, "total_flos").ShouldBe([123456789012345678901234567890.0]);
        double.IsNegative(Values(history, "d")[0]).ShouldBeTrue();
    }

    [Fact]
    public void Parse_DuplicateKeys_TheLaterCounts()
    {
        var state = Read("""
            {"global_step": 1, "log_history": [{"loss": 9, "step": 1}, {"loss": 8, "step": 2}], "global_step": 20,
             "log_history": [{"loss": 1, "step": 5, "loss": 2, "step": 10}]}
            """);

        state.Facts.GlobalStep.ShouldBe(20);
        state.History.Steps.ToArray().ShouldBe([10]);
        Values(state.History, "loss").ShouldBe([2]);
    }

    [Fact]
    public void Parse_DuplicateKeyOfAnotherKind_TheLaterCounts()
    {
        var text = Log("""{"loss": 1, "loss": "gone", "step": 10}""", """{"loss": 5, "step": 20}""");
        text.Find("loss")!.Entries.ToArray().ShouldBe([1]);
        Values(text, "loss").ShouldBe([5]);

        var number = Log("""{"loss": "gone", "loss": 1, "step": 10}""");
        Values(number, "loss").ShouldBe([1]);
        number.StartsWith(Log("""{"loss": 1, "step": 10}""")).ShouldBeTrue();
    }

    [Fact]
    public void Parse_TrainLossOfTheClosingEntry_IsTheMean()
    {
        var history = Log("""{"train_loss": 0.5, "train_runtime": 10.0, "step": 10}""");

        Values(history, MetricKeys.TrainLossMean).ShouldBe([0.5]);
        history.Find("train_loss").ShouldBeNull();
    }

    [Fact]
    public void Parse_EscapedKey_IsTheSameMetric() => Values(Log("""{"lo\u0073s": 1, "step": 1}""", """{"loss": 2, "step": 2}"""), "loss").ShouldBe([1, 2]);

    [Fact]
    public void Parse_KeysInAnotherOrderEachTime_GoToTheirColumns()
    {
        var history = Log("""{"a": 1, "b": 2, "c": 3}""", """{"c": 6, "a": 4, "b": 5}""", """{"b": 8}""", """{"b": 9, "d": 10, "a": 7}""");

        Values(history, "a").ShouldBe([1, 4, 7]);
        Values(history, "b").ShouldBe([2, 5, 8, 9]);
        Values(history, "c").ShouldBe([3, 6]);
        Values(history, "d").ShouldBe([10]);
    }

    [Theory]
    [InlineData("""{"log_history": []}""")]
    [InlineData("""{"global_step": 5}""")]
    [InlineData("{}")]
    [InlineData(" \r\n { \"log_history\" : [ ] } \r\n ")]
    public void Parse_NoEntries_IsAnEmptyHistory(string text)
    {
        var state = Read(text);

        state.History.Count.ShouldBe(0);
        state.LogLength.ShouldBe(0);
    }

    [Fact]
    public void Parse_EmptyEntries_Count() => Log("{}", """{"loss": 1, "step": 1}""", "{ }").Steps.ToArray().ShouldBe([TrainingHistory.NoStep, 1, TrainingHistory.NoStep]);

    [Fact]
    public void Parse_CrLfAndByteOrderMark_AreTheSameFile()
    {
        var text = new StateText().Loss(10, 2).Eval(10, 1.5).Head("\"global_step\": 10").Tail("\"max_steps\": 20").ToString();

        var plain = Read(text);
        var windows = Read("\uFEFF" + text.ReplaceLineEndings("\r\n"));

        windows.Facts.ShouldBe(plain.Facts);
        windows.History.StartsWith(plain.History).ShouldBeTrue();
        windows.History.Count.ShouldBe(2);
    }

    [Fact]
    public void Parse_EntryEnds_ArePlacesInTheFile()
    {
        var text = new StateText().Loss(10, 2).Eval(10, 1.5).ToString();
        var state = Read(text);

        text[state.LogStart - 1].ShouldBe('[');
        state.EntryEnds.ToArray().ShouldAllBe(end => text[state.LogStart + end - 1] == '}');
        text[state.LogStart..(state.LogStart + state.LogLength)].TrimStart().ShouldStartWith("{");
        text[(state.LogStart + state.LogLength)..].TrimStart().ShouldStartWith("]");
    }
}
