namespace Podium.Pages.Tests.Dashboard;

/// <summary>The pages of a job in each scheme and width, for eyes, keys and screen readers.</summary>
public sealed class DashboardLookTests : PageTest
{
    public static TheoryData<string, bool, bool> Looks { get; } = new()
    {
        { $"/jobs/{SharedServer.Sentiment}", false, false }, { $"/jobs/{SharedServer.Sentiment}", true, false }, { $"/jobs/{SharedServer.Sentiment}", false, true },
        { $"/jobs/{SharedServer.Sentiment}", true, true }, { $"/jobs/{SharedServer.Sentiment}/metrics", false, false }, { $"/jobs/{SharedServer.Sentiment}/metrics", true, false },
        { $"/jobs/{SharedServer.Sentiment}/metrics", false, true }, { $"/jobs/{SharedServer.Markup}", false, true }, { $"/jobs/{SharedServer.Running}", true, false },
    };

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Dashboard_AnyLook_CanBeReadAndUsed(string path, bool dark, bool phone)
    {
        var page = await OpenAsync(path, Role.Operator, dark, phone);
        await Expect(page.Locator("loss-chart canvas").First).ToBeVisibleAsync();
        await page.ToBeLiveAsync();

        await page.ShouldHaveNoSeriousAxeFindingsAsync();
        await page.ShouldNotScrollSidewaysAsync();
        await page.ShouldShowFocusEverywhereAsync();
        (await page.LuminanceAsync()).ShouldBeInRange(dark ? 0 : 0.8, dark ? 0.25 : 1);
    }

    [Fact]
    public async Task Dashboard_RunsSideBySide_FitAPhone()
    {
        var page = await OpenAsync($"/jobs/{SharedServer.RequireRealRun("gpt2-forked")}", phone: true);
        await page.LossChart().ToBeDrawnAsync();

        await page.ShouldNotScrollSidewaysAsync();
        await page.ShouldHaveNoSeriousAxeFindingsAsync();
    }

    [Fact]
    public async Task Dashboard_ByKeysAlone_GoesFromTheJobsThroughTheChartToTheTable()
    {
        var page = await OpenAsync($"/?search={SharedServer.Sentiment}");
        await page.TabToAsync($"a {SharedServer.Sentiment}");
        await page.Keyboard.PressAsync("Enter");
        await page.LossChart().ToBeDrawnAsync();

        await page.TabToAsync("checkbox Log axis");
        await page.Keyboard.PressAsync("Space");
        await Expect(page.GetByLabel("Log axis")).ToBeCheckedAsync();
        await page.TabToAsync("application Training and evaluation loss");
        await page.TabToAsync("button eval_loss");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.LossChart().Key("eval_loss")).ToHaveAttributeAsync("aria-pressed", "false");
        await page.TabToAsync("summary The evaluations as a table");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Evaluations of the newest run" })).ToBeVisibleAsync();
    }
}
