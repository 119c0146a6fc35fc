namespace Podium.Pages.Tests.Jobs;

/// <summary>The list of jobs while trainers report.</summary>
public sealed class LiveJobListTests : PageTest
{
    [Fact]
    public async Task Jobs_ReportedMeanwhile_AreThereInTwoTabsWithoutAReload()
    {
        var server = await StartServerAsync();
        await Seeds.RunningAsync(server.Api, "one");
        var page = await OpenAsync("/", server: server);
        var tab = await OpenTabAsync(page, "/");
        foreach (var each in (IPage[])[page, tab])
        {
            await each.ToBeLiveAsync();
            await each.MarkAsync();
        }

        await server.Api.ReportAsync("one", new { step = 240, train_loss = 1.2 });
        await server.Api.CreateAsync(new { job_id = "two", job_name = "Began meanwhile" });

        foreach (var each in (IPage[])[page, tab])
        {
            // A tab that nobody looks at waits until somebody does.
            await each.BringToFrontAsync();
            await Expect(each.Row("Under way")).ToContainTextAsync("step 240 of 400");
            await Expect(each.Row("Began meanwhile")).ToContainTextAsync("pending");
            await each.ShouldStillBeMarkedAsync();
        }
    }

    [Fact]
    public async Task Jobs_ServerKilledAndStartedAgain_SaySoAndCatchUp()
    {
        var server = await StartServerAsync();
        await Seeds.RunningAsync(server.Api, "one");
        var page = await OpenAsync("/", server: server);
        ExpectFault(page, "^console: Failed to load resource: net::ERR_");
        await page.ToBeLiveAsync();
        await page.MarkAsync();

        await server.KillAsync();
        await page.ToHaveLostTheServerAsync();
        await Expect(page.GetByText("Connection lost")).ToBeVisibleAsync();
        await server.RestartAsync();
        await server.Api.ReportAsync("one", new { step = 250, train_loss = 1.1 });

        await Expect(page.Row("Under way")).ToContainTextAsync("step 250 of 400", new() { Timeout = 30_000 });
        await page.ToBeLiveAsync();
        await page.ShouldStillBeMarkedAsync();
    }

    [Fact]
    public async Task Jobs_MoreThanAPage_ArePaged()
    {
        var server = await StartServerAsync();
        await Seeds.ManyAsync(server.Api, 210);
        var page = await OpenAsync("/", server: server);
        var pages = page.GetByRole(AriaRole.Navigation, new() { Name = "Pages of the list" });
        await Expect(pages).ToContainTextAsync("1 to 50 of 210");
        HashSet<string> seen = [.. await page.Locator("tbody .job-name a").AllInnerTextsAsync()];

        for (var to = 100; to <= 250; to += 50)
        {
            await pages.GetByRole(AriaRole.Link, new() { Name = "Next" }).ClickAsync();
            await Expect(pages).ToContainTextAsync($"to {Math.Min(to, 210)} of 210");
            foreach (var name in await page.Locator("tbody .job-name a").AllInnerTextsAsync()) seen.Add(name).ShouldBeTrue(name);
            if (await pages.GetByRole(AriaRole.Link, new() { Name = "Next" }).CountAsync() == 0) break;
        }

        seen.Count.ShouldBe(210);
    }

    [Fact]
    public async Task Jobs_NoneYet_ShowHowToGetOne()
    {
        var server = await StartServerAsync();
        var page = await OpenAsync("/", Role.Operator, server: server);

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "No jobs yet" })).ToBeVisibleAsync();
        await Expect(page.GetByText("podium import DIR")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true })).ToBeVisibleAsync();
        await page.ShouldHaveNoSeriousAxeFindingsAsync();

        var onlooker = await OpenAsync("/", Role.Viewer, server: server);
        await Expect(onlooker.GetByText("ask an operator")).ToBeVisibleAsync();
        await Expect(onlooker.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true })).ToHaveCountAsync(0);
    }
}
