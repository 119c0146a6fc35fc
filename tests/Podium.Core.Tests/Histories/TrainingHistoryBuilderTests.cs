using Podium.Core.Tests.Material;
using Podium.Histories;

namespace Podium.Core.Tests.Histories;

public sealed class TrainingHistoryBuilderTests
{
    [Fact]
    public void Build_Entries_StandInTheirColumns()
    {
        var history = new HistoryOf().Loss(10, 1).Entry(20, ("eval_loss", 2), ("loss", 3)).Build();

        history.Count.ShouldBe(2);
        history.Steps.ToArray().ShouldBe([10, 20]);
        history.Columns.Select(column => column.Name).ShouldBe(["loss", "eval_loss"]);
        history.Find("loss")!.Entries.ToArray().ShouldBe([0, 1]);
        history.Find("loss")!.Values.ToArray().ShouldBe([1, 3]);
        history.Find("eval_loss")!.TryGetValue(1, out var value).ShouldBeTrue();
        value.ShouldBe(2);
        history.Find("eval_loss")!.TryGetValue(0, out _).ShouldBeFalse();
        history.Find("Loss").ShouldBeNull();
    }

    [Theory]
    [InlineData(10.5)]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(1e20)]
    public void SetStep_NoWholeNumber_LeavesNone(double step)
    {
        var history = new HistoryOf().Entry(step, ("loss", 1)).Build();

        history.Steps.ToArray().ShouldBe([TrainingHistory.NoStep]);
        history.LastStep.ShouldBeNull();
    }

    [Fact]
    public void LastStep_StepsGoBack_IsTheHighest() => new HistoryOf().Loss(30, 1).Loss(10, 1).Build().LastStep.ShouldBe(30);

    [Fact]
    public void Set_TwiceInOneEntry_TheLaterValueStands() =>
        new HistoryOf().Entry(10, ("loss", 1), ("loss", 2)).Build().Find("loss")!.Values.ToArray().ShouldBe([2]);

    [Fact]
    public void Build_MetricThatWasOnlyNamed_HasNoColumn()
    {
        var builder = new TrainingHistoryBuilder();
        builder.Metric("loss").ShouldBe(0);
        builder.Metric("eval_loss").ShouldBe(1);
        builder.Metric("loss").ShouldBe(0);

        builder.Build().Columns.ShouldBeEmpty();
    }

    [Fact]
    public void Build_BuilderGoesOn_LeavesTheOlderHistoryAsItWas()
    {
        var growing = new HistoryOf();
        for (var i = 0; i < 50; i++) growing.Loss(i, i);
        var before = growing.Build();
        for (var i = 50; i < 500; i++) growing.Loss(i, i);

        before.Count.ShouldBe(50);
        before.Find("loss")!.Values.ToArray().ShouldBe(Enumerable.Range(0, 50).Select(i => (double)i));
        growing.Build().StartsWith(before).ShouldBeTrue();
    }

    [Fact]
    public void SetText_Twice_TheLaterTextStands()
    {
        static TrainingHistory Noted(params string[] texts)
        {
            var builder = new TrainingHistoryBuilder();
            builder.BeginEntry();
            foreach (var text in texts) builder.SetText("note", text);
            return builder.Build();
        }

        Noted("a", "b").StartsWith(Noted("b")).ShouldBeTrue();
        Noted("a", "b").StartsWith(Noted("a")).ShouldBeFalse();
    }

    [Fact]
    public void SetText_OnANumberOfTheSameEntry_ReplacesIt()
    {
        var builder = new TrainingHistoryBuilder();
        builder.BeginEntry();
        builder.Set("loss", 1);
        builder.BeginEntry();
        builder.Set("loss", 2);
        builder.SetText("loss", "gone");
        builder.BeginEntry();
        builder.Set("loss", 3);

        builder.Build().Find("loss")!.Entries.ToArray().ShouldBe([0, 2]);
        builder.Build().Find("loss")!.Values.ToArray().ShouldBe([1, 3]);
    }

    [Fact]
    public void Set_OnATextOfTheSameEntry_ReplacesIt()
    {
        static TrainingHistory Noted(bool first)
        {
            var builder = new TrainingHistoryBuilder();
            builder.BeginEntry();
            if (first) builder.SetText("loss", "gone");
            builder.SetText("note", "a");
            builder.Set("loss", 1);
            builder.BeginEntry();
            builder.Set("loss", 2);
            return builder.Build();
        }

        Noted(first: true).StartsWith(Noted(first: false)).ShouldBeTrue();
        Noted(first: false).StartsWith(Noted(first: true)).ShouldBeTrue();
    }

    [Fact]
    public void SetText_BuilderGoesOnAfterBuild_KeepsTheTextsApart()
    {
        // Building orders the texts of an entry by name; the builder must still find the one to replace.
        var builder = new TrainingHistoryBuilder();
        builder.BeginEntry();
        builder.SetText("z", "1");
        builder.SetText("a", "2");
        builder.Build();
        builder.SetText("z", "3");
        var other = new TrainingHistoryBuilder();
        other.BeginEntry();
        other.SetText("a", "2");
        other.SetText("z", "3");

        builder.Build().StartsWith(other.Build()).ShouldBeTrue();
    }
}
