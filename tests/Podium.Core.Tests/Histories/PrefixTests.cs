using FsCheck;
using FsCheck.Fluent;
using Podium.Core.Tests.Material;
using Podium.Histories;

namespace Podium.Core.Tests.Histories;

public sealed class PrefixTests
{
    [Fact]
    public void StartsWith_Itself_IsTrue()
    {
        var history = new HistoryOf().Loss(10, double.NaN).Eval(10, 2).Build();

        history.StartsWith(history).ShouldBeTrue();
        history.CommonPrefix(history).ShouldBe(2);
    }

    [Fact]
    public void StartsWith_Empty_IsTrue() => new HistoryOf().Loss(10, 1).Build().StartsWith(TrainingHistory.Empty).ShouldBeTrue();

    [Fact]
    public void StartsWith_Longer_IsFalse() => TrainingHistory.Empty.StartsWith(new HistoryOf().Loss(10, 1).Build()).ShouldBeFalse();

    [Fact]
    public void StartsWith_NaNAtTheSamePlace_IsEqual() =>
        new HistoryOf().Eval(10, double.NaN).Eval(20, 1).Build().StartsWith(new HistoryOf().Eval(10, double.NaN).Build()).ShouldBeTrue();

    [Fact]
    public void StartsWith_MetricsInAnotherOrder_AreTheSame() =>
        new HistoryOf().Entry(10, ("a", 1), ("b", 2)).Build().StartsWith(new HistoryOf().Entry(10, ("b", 2), ("a", 1)).Build()).ShouldBeTrue();

    [Fact]
    public void StartsWith_AMetricMore_IsAnother() =>
        new HistoryOf().Entry(10, ("a", 1), ("b", 2)).Eval(20, 1).Build().StartsWith(new HistoryOf().Entry(10, ("a", 1)).Build()).ShouldBeFalse();

    [Fact]
    public void StartsWith_AMetricFewer_IsAnother() =>
        new HistoryOf().Entry(10, ("a", 1)).Eval(20, 1).Build().StartsWith(new HistoryOf().Entry(10, ("a", 1), ("b", 2)).Build()).ShouldBeFalse();

    [Fact]
    public void CommonPrefix_OneValueDiffers_EndsThere() =>
        new HistoryOf().Evals((10, 3), (20, 2), (30, 1)).Build().CommonPrefix(new HistoryOf().Evals((10, 3), (20, 2.5), (30, 1)).Build()).ShouldBe(1);

    [Fact]
    public void CommonPrefix_OneStepDiffers_EndsThere() =>
        new HistoryOf().Evals((10, 3), (20, 2)).Build().CommonPrefix(new HistoryOf().Evals((10, 3), (21, 2)).Build()).ShouldBe(1);

    [Fact]
    public void StartsWith_AndCommonPrefix_AreWhatANaiveCompareSays() => Law.Holds(
        TwoHistories,
        two =>
        {
            var common = 0;
            while (common < two.One.Length && common < two.Other.Length && two.One[common].SameAs(two.Other[common])) common++;
            TrainingHistory one = Build(two.One), other = Build(two.Other);

            one.CommonPrefix(other).ShouldBe(common);
            other.CommonPrefix(one).ShouldBe(common);
            one.StartsWith(other).ShouldBe(common == two.Other.Length);
            other.StartsWith(one).ShouldBe(common == two.One.Length);
        },
        static two => Law.WithoutOne(two.One).Select(one => two with { One = one }).Concat(Law.WithoutOne(two.Other).Select(other => two with { Other = other })),
        count: 5000);

    private static readonly Gen<KeyValuePair<string, object>> Cell =
        from name in Gen.Elements("loss", "eval_loss", "grad_norm", "note")
        from value in Gen.Frequency<object>(
            (4, Gen.Elements<object>(1.0, 2.0, -0.5)),
            (1, Gen.Constant<object>(double.NaN)),
            (1, Gen.Elements<object>("none", "1.0")))
        select KeyValuePair.Create(name, value);

    private static readonly Gen<Entry> AnyEntry =
        from step in Gen.Frequency((6, Gen.Choose(1, 4).Select(step => (double)step)), (1, Gen.Constant(double.NaN)))
        from cells in Cell.ArrayOf(3)
        from count in Gen.Choose(0, 3)
        select new Entry(step, cells.Take(count).DistinctBy(cell => cell.Key).ToDictionary());

    // Most pairs share their beginning; else no two would be alike for long.
    private static readonly Gen<(Entry[] One, Entry[] Other)> TwoHistories =
        from shared in AnyEntry.ArrayOf(6)
        from one in AnyEntry.ArrayOf(3)
        from other in AnyEntry.ArrayOf(3)
        from counts in Gen.Choose(0, 3).ArrayOf(3)
        let begin = shared[..(counts[0] * 2)]
        select (One: (Entry[])[.. begin, .. one[..counts[1]]], Other: (Entry[])[.. begin.Select(entry => entry.Turned()), .. other[..counts[2]]]);

    private static TrainingHistory Build(Entry[] entries)
    {
        var builder = new TrainingHistoryBuilder();
        foreach (var entry in entries) entry.AddTo(builder);
        return builder.Build();
    }

    private sealed record Entry(double Step, Dictionary<string, object> Cells)
    {
        public bool SameAs(Entry other) =>
            Step.Equals(other.Step)
            && Cells.Count == other.Cells.Count
            && Cells.All(cell => other.Cells.TryGetValue(cell.Key, out var value) && value.Equals(cell.Value));

        /// <summary>The same with its cells in the opposite order.</summary>
        public Entry Turned() => new(Step, Cells.Reverse().ToDictionary());

        public void AddTo(TrainingHistoryBuilder builder)
        {
            builder.BeginEntry();
            builder.SetStep(Step);
            foreach (var (name, value) in Cells)
            {
                if (value is double number) builder.Set(name, number);
                else builder.SetText(name, (string)value);
            }
        }

        public override string ToString() => $"{{{Step}: {string.Join(", ", Cells)}}}";
    }
}
