using System.Text.Json;
using System.Text.RegularExpressions;

namespace Podium.Pages.Tests.Dashboard;

/// <summary>What is drawn upon the losses: their lines, the checkpoints, the best of them, and where the run overfits.</summary>
public sealed class ChartMarksTests : PageTest
{
    public static TheoryData<string, bool> Overfitting { get; } = new() { { SharedServer.Sentiment, false }, { SharedServer.Sentiment, true }, { "gpt2-overfit", false } };

    [Theory]
    [MemberData(nameof(Overfitting))]
    public async Task Chart_OfAJobThatOverfits_ShowsLinesStarAndShading(string job, bool dark)
    {
        if (job != SharedServer.Sentiment) SharedServer.RequireRealRun(job);
        var listing = await (await SharedAsync()).Api.GetAsync($"/api/training/checkpoints/{job}?explain=true");
        var best = listing.GetProperty("checkpoints").EnumerateArray().Single(checkpoint => checkpoint.GetProperty("is_best").GetBoolean());
        var overfitting = listing.GetProperty("explanation").GetProperty("trajectory").GetProperty("overfitting_from").GetProperty("step").GetInt64();
        var page = await OpenAsync($"/jobs/{job}", dark: dark);

        var chart = page.LossChart();
        await chart.ToBeDrawnAsync();
        foreach (var line in (string[])["train", "eval"]) (await chart.ToShowAsync(line, 100)).Right.ShouldBeGreaterThan(0.8, line);
        var shading = await chart.ToShowAsync("overfit", 1000);
        shading.Right.ShouldBeGreaterThan(0.97);

        await chart.PointAsync(shading.Left);
        await Expect(chart.Place()).ToContainTextAsync($"step {overfitting:#,0} ");
        await chart.PointAsync((await chart.ToShowAsync("best")).Middle);
        await Expect(chart.Place()).ToContainTextAsync($"★ {best.GetProperty("path").GetString()}");
        await Expect(chart.Summary()).ToContainTextAsync($"{listing.GetProperty("checkpoints").GetArrayLength()} checkpoints, the best at step {best.GetProperty("step").GetInt64():#,0}. Overfitting from step {overfitting:#,0}.");
    }

    [Fact]
    public async Task Chart_Marks_AreTheCheckpointsOfTheApi()
    {
        var page = await OpenAsync($"/jobs/{SharedServer.Sentiment}");

        var marks = JsonElement.Parse((await page.Locator("chart-marks").GetAttributeAsync("data-marks"))!).GetProperty("checkpoints").EnumerateArray().Select(Describe);

        var listing = await (await SharedAsync()).Api.GetAsync($"/api/training/checkpoints/{SharedServer.Sentiment}");
        marks.ShouldBe(listing.GetProperty("checkpoints").EnumerateArray().Select(checkpoint => $"{checkpoint.GetProperty("step")} {checkpoint.GetProperty("path")} {checkpoint.GetProperty("is_best")}"), ignoreOrder: true);

        static string Describe(JsonElement mark) => $"{mark.GetProperty("step")} {mark.GetProperty("path")} {mark.GetProperty("best")}";
    }

    [Fact]
    public async Task Chart_JobUnderWay_HasNoShading()
    {
        var page = await OpenAsync($"/jobs/{SharedServer.Running}");
        var chart = page.LossChart();
        await chart.ToBeDrawnAsync();
        await chart.ToShowAsync("eval", 100);

        (await chart.StainAsync("overfit")).Count.ShouldBeLessThan(50);
        await Expect(chart.Summary()).Not.ToContainTextAsync("Overfitting");
    }

    [Fact]
    public async Task Chart_Legend_HasTheLastValuesAndHidesLines()
    {
        var page = await OpenAsync($"/jobs/{SharedServer.Running}");
        var chart = page.LossChart();
        await chart.ToBeDrawnAsync();
        await Expect(chart.Key("loss")).ToContainTextAsync("1.300");
        await Expect(chart.Key("eval_loss")).ToContainTextAsync("1.500");
        await Expect(chart.Place()).ToHaveTextAsync(new Regex("^last step 200 ", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await chart.ToShowAsync("train", 100);

        await chart.Key("loss").ClickAsync();

        await Expect(chart.Key("loss")).ToHaveAttributeAsync("aria-pressed", "false");
        await Eventually.ReadAsync(() => chart.StainAsync("train"), stain => stain.Count == 0, "the line is still there");
        await chart.ToShowAsync("eval", 50);
    }

    [Fact]
    public async Task Chart_ThemeChosenByHand_IsDrawnInItsColours()
    {
        var page = await OpenAsync($"/jobs/{SharedServer.Sentiment}");
        var chart = page.LossChart();
        await chart.ToBeDrawnAsync();
        var light = await chart.PictureAsync();
        var toggle = page.GetByRole(AriaRole.Button, new() { Name = "Theme:" });

        await toggle.ClickAsync();
        await toggle.ClickAsync();

        await Expect(toggle).ToHaveTextAsync("Theme: Dark");
        await chart.ToLookOtherThanAsync(light);
        await chart.ToShowAsync("train", 100);
        (await page.LuminanceAsync()).ShouldBeLessThan(0.2);
    }
}
