using System.Text.RegularExpressions;

namespace Podium.Pages.Tests.Compare;

/// <summary>Several jobs side by side.</summary>
public sealed class ComparePageTests : PageTest
{
    private static readonly string Sweep = string.Join('&', SharedServer.SweepJobs.Select(job => $"job={job}"));

    [Fact]
    public async Task Compare_SweepBySortedLoss_StarsTheBestAndNotTheLast()
    {
        var page = await OpenAsync($"/compare?{Sweep}");

        await page.GetByRole(AriaRole.Columnheader, new() { NameRegex = new("^eval_loss", RegexOptions.None, TimeSpan.FromSeconds(1)) }).GetByRole(AriaRole.Link).ClickAsync();

        var first = page.Locator("table.compared tbody tr").First;
        await Expect(first.GetByRole(AriaRole.Rowheader)).ToHaveTextAsync("lr-1e-4");
        // Its last one is 1.5340, which is worse than that of another.
        await Expect(first).ToContainTextAsync("Best of all: 1.4285");
        await Expect(page.Locator("loss-chart canvas").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Compare_OtherEvaluationSet_StarsNoLossAndSaysWhy()
    {
        var page = await OpenAsync($"/compare?{Sweep}&job={SharedServer.RequireRealRun("gpt2-lora")}");

        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Losses that cannot be compared" })).ToContainTextAsync("gpt2-lora evaluated on about 48 samples, not 400");
        await Expect(page.Locator("table.compared tbody tr", new() { HasText = "lr-5e-5" })).Not.ToContainTextAsync("Best of all: 0.6556");
    }

    [Fact]
    public async Task Compare_JobThatIsGone_IsLeftOutByALink()
    {
        var page = await OpenAsync($"/compare?{Sweep}&job=gone");

        await Expect(page.GetByText("There is no job 'gone'.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Leave it out" }).ClickAsync();

        await Expect(page.GetByText("There is no job")).ToHaveCountAsync(0);
        await Expect(page.Locator("table.compared tbody tr").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Compare_Nothing_JobsAreFoundAddedAndRemoved()
    {
        var page = await OpenAsync("/compare");

        await page.GetByLabel("Part of a job's name, model or dataset").FillAsync("lr-");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Add lr-1e-4" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Add lr-5e-5" }).ClickAsync();
        await Expect(page.Locator("table.compared").First.Locator("tbody tr")).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Link, new() { Name = "Remove lr-1e-4" }).ClickAsync();

        await Expect(page.Locator("table.compared").First.Locator("tbody tr")).ToHaveCountAsync(1);
        await Expect(page.GetByText("Add another job to compare it with.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Compare_NamesThatAreHtml_AreShownAsText()
    {
        var page = await OpenAsync($"/compare?job={SharedServer.Markup}&job={SharedServer.Running}");

        await Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = SharedServer.Hostile }).First).ToBeVisibleAsync();
        await Expect(page.Locator("main img, main svg[onload]")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true, Traits = new[] { "Category", "Slow" })]
    [InlineData(true, false, Traits = new[] { "Category", "Slow" })]
    public async Task Compare_AnyLook_CanBeReadAndUsed(bool dark, bool phone)
    {
        var page = await OpenAsync($"/compare?{Sweep}&job={SharedServer.Running}", Role.Viewer, dark, phone);
        await Expect(page.Locator("loss-chart canvas").First).ToBeVisibleAsync();

        await page.ShouldHaveNoSeriousAxeFindingsAsync();
        await page.ShouldNotScrollSidewaysAsync();
    }
}
