using System.Globalization;
using System.Text.RegularExpressions;

namespace Podium.Pages.Tests.Checkpoints;

/// <summary>Choosing a checkpoint, for who reads.</summary>
public sealed class SelectorTests : PageTest
{
    [Fact]
    public async Task Checkpoints_Opened_HaveTheStatusBestSelected()
    {
        var server = await SharedAsync();
        var page = await OpenAsync(CheckpointRows.Of(SharedServer.Sentiment));
        foreach (var jobId in (string[])[SharedServer.Sentiment, .. SharedServer.SweepJobs, SharedServer.Running, .. SharedServer.RealRuns])
        {
            var best = (await server.Api.GetAsync($"/api/training/local/{jobId}/status")).GetProperty("best_checkpoint_path").GetString();
            var listed = (await server.Api.GetAsync($"/api/training/checkpoints/{jobId}")).GetProperty("checkpoints").EnumerateArray().ToArray();
            listed.Where(one => one.GetProperty("is_best").GetBoolean()).Select(one => one.GetProperty("path").GetString()).SingleOrDefault().ShouldBe(best, jobId);

            await page.GotoAsync(CheckpointRows.Of(jobId).TrimStart('/'));

            await Expect(page.Rows()).ToHaveCountAsync(listed.Length);
            await Expect(page.Locator("table.checkpoints").GetByText("⭐ Best (Recommended)", new() { Exact = true })).ToHaveCountAsync(best is null ? 0 : 1);
            await Expect(page.Locator("table.checkpoints").GetByText("Latest", new() { Exact = true })).ToHaveCountAsync(1);
            if (best is null) await Expect(page.Chosen()).ToHaveCountAsync(0);
            else
            {
                await Expect(page.Chosen()).ToHaveValueAsync(best);
                await Expect(page.CheckpointRow(best)).ToContainTextAsync("⭐ Best (Recommended)");
            }
        }
    }

    [Fact]
    public async Task Checkpoint_ChosenByKeys_IsShownWithItsReasonsAndKeepsTheFocus()
    {
        var page = await OpenAsync(CheckpointRows.Of(SharedServer.Sentiment));
        await page.TabToAsync("radio checkpoint-400");

        await page.Keyboard.PressAsync("ArrowDown");

        await Expect(page).ToHaveURLAsync(new Regex("checkpoint=checkpoint-300", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Why not checkpoint-300?" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Radio, new() { Name = "checkpoint-300", Exact = true })).ToBeFocusedAsync();
        foreach (var reason in await ReasonsAsync("checkpoint-300")) await Expect(page.Panel("Why not checkpoint-300?")).ToContainTextAsync(reason);

        await page.ReloadAsync();
        await Expect(page.Chosen()).ToHaveValueAsync("checkpoint-300");
    }

    [Fact]
    public async Task Checkpoints_WithoutScript_AreChosenByAButton()
    {
        var scripted = await OpenAsync(CheckpointRows.Of(SharedServer.Sentiment));
        await using var context = await scripted.Context.Browser!.NewContextAsync(new() { StorageState = await scripted.Context.StorageStateAsync(), JavaScriptEnabled = false });
        var page = await context.NewPageAsync();
        await page.GotoAsync(scripted.Url);

        await page.GetByRole(AriaRole.Radio, new() { Name = "checkpoint-800", Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Select", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Why not checkpoint-800?" })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Rank by these weights" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("weights=0.5&weights=0.3&weights=0.1&weights=0.1", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Expect(page.Chosen()).ToHaveValueAsync("checkpoint-400");
    }

    [Fact]
    public async Task Checkpoints_ByAColumn_AreSortedEitherWay()
    {
        var page = await OpenAsync(CheckpointRows.Of(SharedServer.Sentiment));

        await page.GetByRole(AriaRole.Link, new() { Name = "Eval loss" }).ClickAsync();
        await Expect(page.Locator("th[aria-sort=ascending]")).ToHaveTextAsync(new Regex("Eval loss", RegexOptions.None, TimeSpan.FromSeconds(1)));
        var ascending = await LossesAsync(page);
        ascending.ShouldBe(ascending.Order());
        ascending.Distinct().Count().ShouldBeGreaterThan(2);

        await page.GetByRole(AriaRole.Link, new() { Name = "Eval loss" }).ClickAsync();
        await Expect(page.Locator("th[aria-sort=descending]")).ToBeVisibleAsync();
        (await LossesAsync(page)).ShouldBe(ascending.AsEnumerable().Reverse());
    }

    [Fact]
    public async Task Score_AsABar_SaysItsPartsAndDrawsTheBonusToTheLeft()
    {
        var page = await OpenAsync(CheckpointRows.Of(SharedServer.Sentiment));
        var bar = page.CheckpointRow("checkpoint-400").GetByRole(AriaRole.Img);
        var listed = (await (await SharedAsync()).Api.GetAsync($"/api/training/checkpoints/{SharedServer.Sentiment}")).GetProperty("checkpoints").EnumerateArray().Single(one => one.GetProperty("path").GetString() == "checkpoint-400");

        var said = await bar.Locator("title").TextContentAsync();
        foreach (var part in listed.GetProperty("components").EnumerateObject())
            said!.ShouldContain(part.Value.GetDouble().ToString("0.0000", CultureInfo.InvariantCulture).Replace('-', '−'));

        var zero = await NumberAsync(bar.Locator("line"), "x1");
        (await NumberAsync(bar.Locator(".part-improvement"), "x") + await NumberAsync(bar.Locator(".part-improvement"), "width")).ShouldBe(zero, 0.02);
        (await NumberAsync(bar.Locator(".part-eval-loss"), "x")).ShouldBe(zero, 0.02);
        (await NumberAsync(bar.Locator(".part-overfitting"), "x")).ShouldBe(zero + await NumberAsync(bar.Locator(".part-eval-loss"), "width"), 0.02);
    }

    [Fact]
    public async Task Best_OfARunWhereStrategiesDisagree_SaysWhoPicksWhatAndWhatItCosts()
    {
        var page = await OpenAsync(CheckpointRows.Of(SharedServer.Sentiment));
        var explained = (await (await SharedAsync()).Api.GetAsync($"/api/training/checkpoints/{SharedServer.Sentiment}?explain=true")).GetProperty("explanation");

        await Expect(page.Panel("What other strategies would pick")).ToContainTextAsync(explained.GetProperty("summary").GetString()!);
        await Expect(page.Panel("What other strategies would pick")).ToContainTextAsync("checkpoint-400 costs 2.7 % of eval_loss");
        foreach (var share in explained.GetProperty("firmness").GetProperty("shares").EnumerateArray().Take(5))
            await Expect(page.Panel("Why checkpoint-400").GetByRole(AriaRole.Listitem).Filter(new() { HasText = share.GetProperty("path").GetString() }).Last).ToBeVisibleAsync();
        await Expect(page.Panel("Why checkpoint-400")).ToContainTextAsync("Ahead of checkpoint-300");
    }

    [Fact]
    public async Task Path_Copied_IsThatOfTheSelectedCheckpoint()
    {
        var page = await OpenAsync(CheckpointRows.Of(SharedServer.Sentiment, "?checkpoint=checkpoint-300"));
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);

        await page.GetByRole(AriaRole.Button, new() { Name = "Copy the path" }).ClickAsync();

        await Expect(page.Panel("Use this checkpoint").GetByText("Copied", new() { Exact = true })).ToBeVisibleAsync();
        (await page.EvaluateAsync<string>("() => navigator.clipboard.readText()")).ShouldBe(Path.Combine(Samples.Sentiment, "checkpoint-300"));
        await Expect(page.Panel("Use this checkpoint")).ToContainTextAsync($"podium best {Samples.Sentiment}");
        await Expect(page.Panel("Use this checkpoint")).ToContainTextAsync("It prints the path of checkpoint-400");
    }

    [Fact]
    public async Task Checkpoint_ThatIsGone_IsSaid()
    {
        var page = await OpenAsync(CheckpointRows.Of(SharedServer.Sentiment, "?checkpoint=checkpoint-9&with=checkpoint-8"));

        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("checkpoint-9, is not among those of this job, or no longer; checkpoint-400 is selected instead");
        await Expect(page.Panel("Compare two checkpoints")).ToContainTextAsync("checkpoint-8");
    }

    [Fact]
    public async Task Checkpoints_OfAJobWithoutAny_SayWhatToDo()
    {
        var page = await OpenAsync(CheckpointRows.Of(SharedServer.Pending));

        await Expect(page.Panel("No checkpoints yet")).ToContainTextAsync($"podium jobs set {SharedServer.Pending} --folder DIR");
        await page.ShouldHaveNoSeriousAxeFindingsAsync();
    }

    [Fact]
    public async Task Checkpoints_WithoutEvaluations_SayWhyNothingIsRecommended()
    {
        var page = await OpenAsync(CheckpointRows.Of(SharedServer.RequireRealRun("gpt2-no-eval")));

        await Expect(page.GetByText("Nothing can be recommended by multi-metric.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Slider)).ToHaveCountAsync(0);
        await Expect(page.Chosen()).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true, Traits = new[] { "Category", "Slow" })]
    [InlineData(true, false, Traits = new[] { "Category", "Slow" })]
    public async Task Checkpoints_AnyLook_CanBeReadAndUsed(bool dark, bool phone)
    {
        var page = await OpenAsync(CheckpointRows.Of(SharedServer.Sentiment, "?weights=1,0,0,0&with=checkpoint-300"), Role.Operator, dark, phone);

        await page.ShouldHaveNoSeriousAxeFindingsAsync();
        await page.ShouldNotScrollSidewaysAsync();
        await page.ShouldShowFocusEverywhereAsync();
        (await page.LuminanceAsync()).ShouldBeInRange(dark ? 0 : 0.8, dark ? 0.25 : 1);
    }

    private static async Task<string[]> ReasonsAsync(string path) =>
        [.. (await (await SharedAsync()).Api.GetAsync($"/api/training/checkpoints/{SharedServer.Sentiment}?explain=true")).GetProperty("checkpoints").EnumerateArray()
            .Single(one => one.GetProperty("path").GetString() == path).GetProperty("reasons").EnumerateArray().Select(reason => reason.GetProperty("message").GetString()!)];

    private static async Task<double[]> LossesAsync(IPage page) =>
        [.. (await page.Rows().Locator("td:nth-child(5)").AllInnerTextsAsync()).Select(text => double.Parse(text, CultureInfo.InvariantCulture))];

    private static async Task<double> NumberAsync(ILocator element, string attribute) => double.Parse((await element.GetAttributeAsync(attribute))!, CultureInfo.InvariantCulture);
}
