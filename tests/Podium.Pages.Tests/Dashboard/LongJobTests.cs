using System.Collections.Concurrent;
using System.Text.Json;

namespace Podium.Pages.Tests.Dashboard;

/// <summary>A job of 1,000,000 points: all of them are in the picture, and few of them go over the wire.</summary>
public sealed class LongJobTests : PageTest
{
    private const int MostPoints = 20_000;
    private const int MostBytes = 1_000_000;

    // The server takes most of that time to take in the points.
    [Fact]
    [Trait("Category", "Slow")]
    public async Task Chart_OfAMillionPoints_IsDrawnFromAllAndFetchesDetailWhereLookedAt()
    {
        var server = await LongAsync();
        var page = await OpenAsync("/", server: server);
        var answers = new ConcurrentQueue<Task<Answer>>();
        page.Response += (_, response) =>
        {
            if (response.Url.Contains($"/{LongServer.Job}/metrics?", StringComparison.Ordinal)) answers.Enqueue(Answer.ReadAsync(response));
        };

        await page.GotoAsync($"jobs/{LongServer.Job}");

        var chart = page.LossChart();
        await chart.ToBeDrawnAsync();
        await chart.ToShowAsync("train", 300);
        var overview = (await Task.WhenAll(answers)).ShouldHaveSingleItem();
        overview.Count.ShouldBe(LongServer.Points);
        overview.Points.ShouldBeInRange(400, MostPoints);
        overview.Bytes.ShouldBeLessThan(MostBytes);
        // One point among a million, and it is seen.
        await Expect(chart.Summary()).ToContainTextAsync("highest 9.500 at step 500,000");
        var all = await chart.PictureAsync();

        await chart.DragAsync(0.495, 0.505);

        await Expect(chart.ShowAll()).ToBeVisibleAsync();
        await chart.ToLookOtherThanAsync(all);
        await Eventually.ReadAsync(() => Task.FromResult(answers.Count), count => count > 1, "no detail was asked for");
        var detail = (await Task.WhenAll(answers))[^1];
        detail.Url.ShouldContain("from=");
        detail.From.ShouldBeInRange(470_000, 495_000);
        detail.To.ShouldBeInRange(505_000, 530_000);
        detail.Points.ShouldBeInRange(400, MostPoints);
        detail.Bytes.ShouldBeLessThan(MostBytes);
        // The spike lies in the middle, and its neighbours are there one by one where it is looked at more closely still.
        await chart.Box().FocusAsync();
        for (var i = 0; i < 6; i++) await page.Keyboard.PressAsync("+");
        await Eventually.ReadAsync(async () => (await Task.WhenAll(answers))[^1], answer => answer.Points == answer.Count && answer.Count > 100, "the closest look has not each point");

        await page.Keyboard.PressAsync("Escape");
        await chart.ToLookLikeAsync(all);
    }

    /// <summary>What one call for series has brought.</summary>
    private sealed record Answer(string Url, long From, long To, int Count, int Points, int Bytes)
    {
        public static async Task<Answer> ReadAsync(IResponse response)
        {
            var bytes = await response.BodyAsync();
            var loss = JsonElement.Parse(bytes).GetProperty("series").GetProperty("loss");
            var query = System.Web.HttpUtility.ParseQueryString(new Uri(response.Url).Query);
            return new Answer(response.Url, Number(query["from"]), Number(query["to"]), loss.GetProperty("count").GetInt32(), loss.GetProperty("steps").GetArrayLength(), bytes.Length);
        }

        private static long Number(string? text) => text is null ? -1 : long.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }
}
