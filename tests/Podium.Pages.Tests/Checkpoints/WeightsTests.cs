using System.Text.RegularExpressions;

namespace Podium.Pages.Tests.Checkpoints;

/// <summary>Trying other weights and strategies.</summary>
public sealed class WeightsTests : PageTest
{
    [Fact]
    public async Task Slider_MovedByKeys_RanksOnTheServerAndKeepsTheFocus()
    {
        var page = await OpenAsync(CheckpointRows.Of(SharedServer.Sentiment));
        await page.MarkAsync();
        var slider = page.GetByRole(AriaRole.Slider, new() { Name = "Overfitting penalty" });
        await Expect(slider).ToHaveValueAsync("0.3");
        await slider.FocusAsync();

        await page.Keyboard.PressAsync("Home");

        await Expect(page).ToHaveURLAsync(new Regex("weights=0.5%2C0%2C0.1%2C0.1", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Expect(page.GetByText("This is a trial.")).ToBeVisibleAsync();
        await Expect(slider).ToBeFocusedAsync();
        await Expect(slider).ToHaveValueAsync("0");
        var best = (await (await SharedAsync()).Api.GetAsync($"/api/training/checkpoints/{SharedServer.Sentiment}?weights=0.5,0,0.1,0.1")).GetProperty("best_checkpoint").GetString()!;
        best.ShouldNotBe("checkpoint-400");
        await Expect(page.Chosen()).ToHaveValueAsync(best);
        await Expect(page.CheckpointRow(best)).ToContainTextAsync("Best of this trial");
        await Expect(page.CheckpointRow("checkpoint-400")).ToContainTextAsync("⭐ Best (Recommended)");

        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(page).ToHaveURLAsync(new Regex("weights=0.5%2C0.1%2C0.1%2C0.1", RegexOptions.None, TimeSpan.FromSeconds(1)));

        await page.GetByRole(AriaRole.Link, new() { Name = "Published weights", Exact = true }).ClickAsync();
        await Expect(page.GetByText("This is a trial.")).ToHaveCountAsync(0);
        await Expect(slider).ToHaveValueAsync("0.3");
        await Expect(page.Chosen()).ToHaveValueAsync("checkpoint-400");
        await page.ShouldStillBeMarkedAsync();
    }

    [Fact]
    public async Task Weights_AllZero_AreRefusedInWords()
    {
        var page = await OpenAsync(CheckpointRows.Of(SharedServer.Sentiment, "?weights=0,0,0,0"));

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("All weights are 0: at least one must be above.");
        await Expect(page.Chosen()).ToHaveValueAsync("checkpoint-400");
    }

    [Fact]
    public async Task Strategy_TriedByALink_IsATrialWithAWayBack()
    {
        var page = await OpenAsync(CheckpointRows.Of(SharedServer.Sentiment));

        await page.Panel("What other strategies would pick").GetByRole(AriaRole.Link, new() { Name = "eval-loss", Exact = true }).ClickAsync();

        await Expect(page.GetByText("This is a trial.")).ToBeVisibleAsync();
        await Expect(page.Chosen()).ToHaveValueAsync("checkpoint-500");
        await Expect(page.Panel("Use this checkpoint")).ToContainTextAsync($"podium best {Samples.Sentiment} --strategy eval-loss");
        await page.GetByRole(AriaRole.Link, new() { Name = "Back to the job's ranking" }).ClickAsync();
        await Expect(page.Chosen()).ToHaveValueAsync("checkpoint-400");
    }
}
