using System.Text.RegularExpressions;

namespace Podium.Pages.Tests.Jobs;

/// <summary>Finding a job in the list: by typing, by its state, by sorting.</summary>
public sealed class JobSearchTests : PageTest
{
    [Fact]
    public async Task Search_WhileTyping_FindsAndKeepsTheFocus()
    {
        var page = await OpenAsync("/?sort=name");
        var search = page.GetByRole(AriaRole.Searchbox);
        await page.MarkAsync();

        await search.PressSequentiallyAsync("und");
        await Expect(page.Row("Ran out of memory")).ToHaveCountAsync(0);
        await Expect(page).ToHaveURLAsync(new Regex("[?&]search=und(?:&|$)", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Expect(search).ToBeFocusedAsync();
        await search.PressSequentiallyAsync("er way");

        await Expect(page).ToHaveURLAsync(new Regex("[?&]search=under(?:\\+|%20)way", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Expect(page).ToHaveURLAsync(new Regex("[?&]sort=name", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Expect(search).ToBeFocusedAsync();
        await Expect(search).ToHaveValueAsync("under way");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await page.ShouldStillBeMarkedAsync();
    }

    [Fact]
    public async Task Search_ThatFindsNothing_LeadsBackToAll()
    {
        var page = await OpenAsync("/");
        var search = page.GetByRole(AriaRole.Searchbox);

        await search.PressSequentiallyAsync("no job is called so");
        await Expect(page.GetByText("No job is like that.")).ToBeVisibleAsync();
        await Expect(search).ToBeFocusedAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "See all jobs" }).ClickAsync();

        await Expect(page.Row("Under way")).ToBeVisibleAsync();
        await Expect(search).ToHaveValueAsync("");
    }

    [Fact]
    public async Task Search_WithAState_FindsAmongThoseOnly()
    {
        var page = await OpenAsync("/?status=failed");
        var states = page.GetByRole(AriaRole.List, new() { Name = "Jobs by their state" });
        await Expect(states.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^failed", RegexOptions.None, TimeSpan.FromSeconds(1)) })).ToHaveAttributeAsync("aria-current", "true");

        await page.GetByRole(AriaRole.Searchbox).PressSequentiallyAsync("memory");

        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Expect(page).ToHaveURLAsync(new Regex("[?&]status=failed", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await states.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^All", RegexOptions.None, TimeSpan.FromSeconds(1)) }).ClickAsync();
        await Expect(page).Not.ToHaveURLAsync(new Regex("status=", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Expect(page).ToHaveURLAsync(new Regex("[?&]search=memory", RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    [Theory]
    [InlineData("State", "status")]
    [InlineData("Progress", "progress")]
    [InlineData("Evaluation loss", "eval_loss")]
    [InlineData("Best checkpoint", "best_eval_loss")]
    [InlineData("Changed", "updated")]
    public async Task Sort_ByAColumn_IsInTheOrderOfTheApi(string column, string sort)
    {
        var page = await OpenAsync("/");
        var heading = page.GetByRole(AriaRole.Columnheader, new() { NameRegex = new Regex($"^{column}", RegexOptions.None, TimeSpan.FromSeconds(1)) });
        string? first = null;

        for (var i = 0; i < 2; i++)
        {
            await heading.GetByRole(AriaRole.Link).ClickAsync();
            await Expect(heading).ToHaveAttributeAsync("aria-sort", first is null ? new Regex("^(?:a|de)scending$", RegexOptions.None, TimeSpan.FromSeconds(1)) : new Regex(first == "ascending" ? "^descending$" : "^ascending$", RegexOptions.None, TimeSpan.FromSeconds(1)));
            first = await heading.GetAttributeAsync("aria-sort");
            await Expect(page.Locator("th[aria-sort]")).ToHaveCountAsync(1);
            var jobs = (await (await SharedAsync()).Api.GetAsync($"/api/training/local/jobs?limit=50&sort={sort}&order={(first == "ascending" ? "asc" : "desc")}")).GetProperty("jobs");
            var wanted = jobs.EnumerateArray().Select(job => job.GetProperty("job_name").GetString() is { Length: > 0 } name ? name : job.GetProperty("job_id").GetString());
            (await page.Locator("tbody .job-name a").AllInnerTextsAsync()).ShouldBe(wanted);
        }
    }

    [Fact]
    public async Task Compare_ChosenJob_StaysChosenWhileTheListIsMadeAnew()
    {
        var server = await LiveAsync();
        await Seeds.RunningAsync(server.Api, "compare-one", "Compared first");
        await server.Api.CreateAsync(new { job_id = "compare-two", job_name = "The other" });
        var page = await OpenAsync("/", server: server);
        await page.ToBeLiveAsync();
        await page.MarkAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Compare Compared first" }).CheckAsync();

        await server.Api.ReportAsync("compare-one", new { step = 280, train_loss = 1.0 });
        await server.Api.CreateAsync(new { job_id = "compare-three", job_name = "Began after the choice" });

        await Expect(page.Row("Compared first")).ToContainTextAsync("step 280 of 400");
        await Expect(page.Row("Began after the choice")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Checkbox, new() { Name = "Compare Compared first" })).ToBeCheckedAsync();
        await Expect(page.GetByRole(AriaRole.Checkbox, new() { Name = "Compare The other" })).Not.ToBeCheckedAsync();
        await page.ShouldStillBeMarkedAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Compare The other" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Compare the chosen jobs" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/compare\\?.*job=compare-(?:one|two)&job=compare-(?:one|two)", RegexOptions.None, TimeSpan.FromSeconds(1)));
    }
}
