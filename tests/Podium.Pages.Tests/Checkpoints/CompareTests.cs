namespace Podium.Pages.Tests.Checkpoints;

/// <summary>Two checkpoints side by side.</summary>
public sealed class CompareTests : PageTest
{
    [Fact]
    public async Task Compare_AnotherThanTheSelected_ShowsBothAndCanBeSwappedAndLeft()
    {
        var page = await OpenAsync(CheckpointRows.Of(SharedServer.Sentiment));

        await page.CheckpointRow("checkpoint-500").GetByRole(AriaRole.Link, new() { Name = "Compare" }).ClickAsync();

        var panel = page.Panel("checkpoint-400 and checkpoint-500");
        await Expect(Figures(panel, "Evaluation loss")).ToHaveTextAsync(["1.3621", "1.3268 ✓ better", "−0.0353"]);
        await Expect(Figures(panel, "Score")).ToHaveTextAsync(["0.6268 ✓ better", "0.6470", "+0.0203"]);
        await Expect(panel.GetByText("It is the best of 8 checkpoints")).ToBeVisibleAsync();
        await Expect(panel.GetByText("It stands at 3 of 8")).ToBeVisibleAsync();

        await panel.GetByRole(AriaRole.Link, new() { Name = "Swap" }).ClickAsync();
        await Expect(Figures(page.Panel("checkpoint-500 and checkpoint-400"), "Evaluation loss")).ToHaveTextAsync(["1.3268 ✓ better", "1.3621", "+0.0353"]);
        await Expect(page.Chosen()).ToHaveValueAsync("checkpoint-500");

        await page.GetByRole(AriaRole.Link, new() { Name = "Stop comparing" }).ClickAsync();
        await Expect(page.Locator("#compare")).ToHaveCountAsync(0);
        await Expect(page.Chosen()).ToHaveValueAsync("checkpoint-500");
    }

    private static ILocator Figures(ILocator panel, string name) =>
        panel.GetByRole(AriaRole.Row).Filter(new() { Has = panel.Page.GetByRole(AriaRole.Rowheader, new() { Name = name, Exact = true }) }).GetByRole(AriaRole.Cell);
}
