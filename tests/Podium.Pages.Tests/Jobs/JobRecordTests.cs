namespace Podium.Pages.Tests.Jobs;

/// <summary>What a job has left behind: its log, its configuration, its events.</summary>
public sealed class JobRecordTests : PageTest
{
    [Fact]
    public async Task Logs_LinesThatAreHtml_AreShownAsTextAndFound()
    {
        var page = await OpenAsync($"/jobs/{SharedServer.Markup}/logs");
        await Expect(page.Locator(".log li")).ToHaveCountAsync(4);
        await Expect(page.Locator(".log li").First).ToContainTextAsync(SharedServer.Hostile);

        await page.GetByLabel("Part of a line").FillAsync("A & B");
        await page.GetByLabel("Part of a line").PressAsync("Enter");

        await Expect(page.Locator(".log li")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Link, new() { Name = "3", Exact = true }).ClickAsync();
        await Expect(page.Locator(".log li")).ToHaveCountAsync(4);
    }

    [Fact]
    public async Task Logs_None_SaysWhichFilesAreRead()
    {
        var page = await OpenAsync($"/jobs/{SharedServer.Sentiment}/logs");

        await Expect(page.GetByText("console.log").First).ToBeVisibleAsync();
        await Expect(page.GetByText("| tee")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Configuration_OfMarkup_IsText()
    {
        var page = await OpenAsync($"/jobs/{SharedServer.Markup}/config");

        await Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = SharedServer.Hostile, Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Cell, new() { Name = SharedServer.HostileScript, Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Events_OneKind_AreFiltered()
    {
        var page = await OpenAsync($"/jobs/{SharedServer.Sentiment}/events");
        await Expect(page.GetByText("New best: checkpoint-400")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Navigation, new() { Name = "Kinds of events" }).GetByRole(AriaRole.Link, new() { Name = "Checkpoint saved" }).ClickAsync();

        await Expect(page.Locator("table.events tbody tr")).ToHaveCountAsync(8);
        await Expect(page.GetByText("New best: checkpoint-400")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true, Traits = new[] { "Category", "Slow" })]
    [InlineData(true, false, Traits = new[] { "Category", "Slow" })]
    public async Task Records_AnyLook_CanBeReadAndUsed(bool dark, bool phone)
    {
        foreach (var (job, name) in (IEnumerable<(string, string)>)[(SharedServer.Markup, "logs"), (SharedServer.Sentiment, "logs"), (SharedServer.Markup, "config"), (SharedServer.Sentiment, "events")])
        {
            var page = await OpenAsync($"/jobs/{job}/{name}", Role.Viewer, dark, phone);

            await page.ShouldHaveNoSeriousAxeFindingsAsync();
            await page.ShouldNotScrollSidewaysAsync();
        }
    }
}
