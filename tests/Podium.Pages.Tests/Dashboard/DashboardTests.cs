using System.Text.Json;
using System.Text.RegularExpressions;

namespace Podium.Pages.Tests.Dashboard;

/// <summary>The page of a job, for who reads it.</summary>
public sealed class DashboardTests : PageTest
{
    private static readonly (string Card, string Code)[] Cards = [("Loss gap", "loss-gap"), ("Perplexity", "perplexity"), ("Trend", "trend"), ("Evaluations since the best", "since-best")];

    public static TheoryData<string> Overfitting { get; } = [SharedServer.Sentiment, "gpt2-overfit"];

    [Fact]
    public async Task Dashboard_JobUnderWay_SaysHowFarItIs()
    {
        var page = await OpenAsync($"/jobs/{SharedServer.Running}");

        var progress = page.GetByRole(AriaRole.Region, new() { Name = "Progress" });
        await Expect(progress).ToContainTextAsync("50 %");
        await Expect(progress.GetByRole(AriaRole.Progressbar, new() { Name = "Step 200 of 400" })).ToHaveAttributeAsync("value", "50");
        await Expect(FigureOf(progress, "Step")).ToHaveTextAsync("200 of 400");
        await Expect(FigureOf(progress, "Remaining")).ToHaveTextAsync(new Regex("^(?:[0-9]+ (?:s|min|h|d)|not known yet)", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Under way");
        await Expect(page).ToHaveTitleAsync("Under way · Overview · Podium");
    }

    [Fact]
    public async Task Dashboard_JobThatIsDone_HasNothingRemaining()
    {
        var page = await OpenAsync($"/jobs/{SharedServer.Sentiment}");

        await Expect(FigureOf(page.GetByRole(AriaRole.Region, new() { Name = "Progress" }), "Remaining")).ToHaveTextAsync("done");
    }

    [Theory]
    [MemberData(nameof(Overfitting))]
    public async Task Dashboard_Cards_SayWhatTheApiSays(string job)
    {
        if (job != SharedServer.Sentiment) SharedServer.RequireRealRun(job);
        var page = await OpenAsync($"/jobs/{job}");

        var notes = (await ListingAsync(job)).GetProperty("explanation").GetProperty("trajectory").GetProperty("notes").EnumerateArray().ToDictionary(note => note.GetProperty("code").GetString()!, note => note.GetProperty("message").GetString()!);
        foreach (var (card, code) in Cards)
            await Expect(page.GetByRole(AriaRole.Article).Filter(new() { Has = page.GetByRole(AriaRole.Heading, new() { Name = card, Exact = true }) })).ToContainTextAsync(notes[code]);
    }

    [Theory]
    [MemberData(nameof(Overfitting))]
    public async Task Dashboard_TableBehindTheChart_HasTheEvaluationsOfTheApi(string job)
    {
        if (job != SharedServer.Sentiment) SharedServer.RequireRealRun(job);
        var page = await OpenAsync($"/jobs/{job}");

        await page.GetByText("The evaluations as a table").ClickAsync();
        var rows = page.GetByRole(AriaRole.Region, new() { Name = "Evaluations of the newest run" }).Locator("tbody tr");
        await Expect(rows.First).ToBeVisibleAsync();

        var listing = await ListingAsync(job);
        var saved = listing.GetProperty("checkpoints").EnumerateArray().ToDictionary(checkpoint => checkpoint.GetProperty("step").GetInt64());
        string[][] expected = [.. listing.GetProperty("explanation").GetProperty("evaluations").EnumerateArray().Reverse().Select(one => (string[])[one.Whole("step"), one.Loss("train_loss"), one.Loss("eval_loss"), Improved(one), one.Loss("score"), Saved(one.GetProperty("step").GetInt64())])];
        var shown = await rows.EvaluateAllAsync<string[][]>("rows => rows.map(row => [0, 2, 3, 5, 6, 7].map(at => row.cells[at].textContent.trim().replace(/\\s+/g, ' ')))");
        shown.Length.ShouldBe(expected.Length);
        foreach (var (row, wanted) in shown.Zip(expected)) row.ShouldBe(wanted);

        string Saved(long step) => saved.TryGetValue(step, out var checkpoint) ? $"{checkpoint.GetProperty("path").GetString()}{(checkpoint.GetProperty("is_best").GetBoolean() ? " ⭐" : "")}" : "";
    }

    [Theory]
    [MemberData(nameof(Overfitting))]
    public async Task Dashboard_BestCheckpoint_IsThatOfTheStatus(string job)
    {
        if (job != SharedServer.Sentiment) SharedServer.RequireRealRun(job);
        var page = await OpenAsync($"/jobs/{job}");

        var best = (await (await SharedAsync()).Api.GetAsync($"/api/training/local/{job}/status")).GetProperty("best_checkpoint_path").GetString()!;
        var panel = page.GetByRole(AriaRole.Region, new() { Name = "Best checkpoint" });
        await Expect(panel.GetByRole(AriaRole.Link, new() { Name = best, Exact = true })).ToBeVisibleAsync();
        await panel.GetByRole(AriaRole.Link, new() { Name = best, Exact = true }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex($"/jobs/{job}/checkpoints$", RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task Dashboard_JobWithoutPoints_SaysSo()
    {
        var page = await OpenAsync($"/jobs/{SharedServer.Pending}");

        await Expect(page.GetByText("No loss was reported yet.")).ToBeVisibleAsync();
        await Expect(page.Locator("loss-chart")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Dashboard_NoSuchJob_SaysWhatToDo()
    {
        var page = await OpenAsync("/");
        ExpectFault(page, "^console: Failed to load resource.* 404 ");

        (await page.GotoAsync("jobs/nothing-of-this-name"))!.Status.ShouldBe(404);

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("There is no job 'nothing-of-this-name'");
        await page.GetByRole(AriaRole.Link, new() { Name = "See all jobs" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Jobs", Level = 1 })).ToBeVisibleAsync();
    }

    private static ILocator FigureOf(ILocator panel, string name) =>
        panel.Locator("dl > div").Filter(new() { Has = panel.Page.Locator("dt", new() { HasTextRegex = new Regex($"^{name}$", RegexOptions.None, TimeSpan.FromSeconds(1)) }) }).Locator("dd");

    private static string Improved(JsonElement evaluation) => evaluation.GetProperty("improved").ValueKind switch { JsonValueKind.True => "yes", JsonValueKind.False => "no", _ => "–" };

    private static async Task<JsonElement> ListingAsync(string job) => await (await SharedAsync()).Api.GetAsync($"/api/training/checkpoints/{job}?explain=true");
}
