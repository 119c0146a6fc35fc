using System.Text.RegularExpressions;

namespace Podium.Pages.Tests.Jobs;

/// <summary>The list of all jobs, for who reads it.</summary>
public sealed class JobListTests : PageTest
{
    [Fact]
    public async Task Jobs_All_StandWithTheirStateAndTheirBestCheckpoint()
    {
        var page = await OpenAsync("/");
        var server = await SharedAsync();

        foreach (var jobId in (string[])[SharedServer.Sentiment, .. SharedServer.SweepJobs, SharedServer.Running, SharedServer.Failed, SharedServer.Pending, .. SharedServer.RealRuns])
        {
            var status = await server.Api.GetAsync($"/api/training/local/{jobId}/status");
            var row = page.Row(status.GetProperty("job_name").GetString() is { Length: > 0 } name ? name : jobId);
            await Expect(row).ToContainTextAsync(status.GetProperty("status").GetString()!);
            if (status.GetProperty("best_checkpoint_path").GetString() is { } best) await Expect(row.GetByRole(AriaRole.Link, new() { Name = best, Exact = true })).ToBeVisibleAsync();
        }
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true, Traits = new[] { "Category", "Slow" })]
    [InlineData(true, false, Traits = new[] { "Category", "Slow" })]
    public async Task Jobs_AnyLook_CanBeReadAndUsed(bool dark, bool phone)
    {
        var page = await OpenAsync("/", Role.Operator, dark, phone);

        await page.ShouldHaveNoSeriousAxeFindingsAsync();
        await page.ShouldNotScrollSidewaysAsync();
        await page.ShouldShowFocusEverywhereAsync();
        (await page.LuminanceAsync()).ShouldBeInRange(dark ? 0 : 0.8, dark ? 0.25 : 1);
    }

    [Fact]
    public async Task Jobs_ByState_AreThoseOfTheState()
    {
        var page = await OpenAsync("/?status=failed");
        await Expect(page.Row("Ran out of memory")).ToContainTextAsync("CUDA out of memory");
        await Expect(page.Row("Under way")).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.List, new() { Name = "Jobs by their state" }).GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^running", RegexOptions.None, TimeSpan.FromSeconds(1)) }).ClickAsync();

        await Expect(page.Row("Under way")).ToBeVisibleAsync();
        await Expect(page.Row("Ran out of memory")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Jobs_ByTyping_AreFound()
    {
        var page = await OpenAsync("/");

        await page.GetByRole(AriaRole.Searchbox).PressSequentiallyAsync("under WAY");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Row("Ran out of memory")).ToHaveCountAsync(0);
        await Expect(page.Row("Under way")).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync(new Regex("[?&]search=under(?:\\+|%20)WAY", RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task Jobs_SortedByAColumn_TurnRoundWithTheNextClick()
    {
        var page = await OpenAsync("/");
        var heading = page.GetByRole(AriaRole.Columnheader, new() { NameRegex = new Regex("^Job", RegexOptions.None, TimeSpan.FromSeconds(1)) });

        await heading.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(heading).ToHaveAttributeAsync("aria-sort", "ascending");
        var ascending = await page.Locator("tbody .job-name a").AllInnerTextsAsync();
        await heading.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(heading).ToHaveAttributeAsync("aria-sort", "descending");

        (await page.Locator("tbody .job-name a").AllInnerTextsAsync()).ShouldBe(ascending.Reverse());
    }

    [Theory]
    [InlineData("/?sort=nonsense", "nonsense")]
    [InlineData("/?status=nonsense", "nonsense")]
    public async Task Jobs_AskedForNonsense_SayWhatThereIs(string path, string word)
    {
        var page = await OpenAsync(path);

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync(word);
        await Expect(page.Row("Under way")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(Role.Viewer, 0)]
    [InlineData(Role.Operator, 1)]
    public async Task Jobs_Import_IsOfferedToWhoMay(Role role, int count)
    {
        var page = await OpenAsync("/", role);

        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Import a folder" })).ToHaveCountAsync(count);
    }

    [Fact]
    public async Task Jobs_WithHtmlInTheirNames_ShowItAsText()
    {
        var page = await OpenAsync("/?search=onerror");

        await Expect(page.GetByRole(AriaRole.Link, new() { Name = $"{SharedServer.Hostile} job" })).ToBeVisibleAsync();
        await Expect(page.GetByText(SharedServer.HostileScript)).ToBeVisibleAsync();
        await Expect(page.GetByText($"RuntimeError: {SharedServer.Hostile}")).ToBeVisibleAsync();
        await Expect(page.Locator("main img, main b")).ToHaveCountAsync(0);
    }
}
