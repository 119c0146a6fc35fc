using System.Text.RegularExpressions;

namespace Podium.Pages.Tests.Jobs;

/// <summary>What the list says of a job in its line.</summary>
public sealed class JobLineTests : PageTest
{
    [Fact]
    public async Task Job_UnderWay_SaysHowFarItIsAndHowItGoes()
    {
        var page = await OpenAsync("/");
        var row = page.Row("Under way");

        await Expect(row.GetByRole(AriaRole.Progressbar, new() { Name = "Progress of Under way" })).ToHaveAttributeAsync("value", "50");
        await Expect(row).ToContainTextAsync("50 % · step 200 of 400");
        await Expect(row).ToContainTextAsync("llama-3.2-1b · tickets");
        await Expect(row.GetByRole(AriaRole.Cell).Nth(4)).ToHaveTextAsync(new Regex("^(?:[0-9]+ (?:s|min|h|d)|–)", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Expect(row.GetByRole(AriaRole.Img, new() { Name = "evaluation loss from 2.1000 to 1.5000" })).ToBeVisibleAsync();
        await Expect(row.GetByRole(AriaRole.Link, new() { Name = "checkpoint-200", Exact = true })).ToBeVisibleAsync();
        await Expect(row).ToContainTextAsync("evaluation loss 1.5000");
    }

    [Fact]
    public async Task Job_Sparkline_HasBothLossesInsideOfIt()
    {
        var page = await OpenAsync("/");
        var picture = page.Row(SharedServer.Sentiment).GetByRole(AriaRole.Img);

        foreach (var line in (string[])["train", "eval"])
        {
            var points = (await picture.Locator($"polyline.{line}").GetAttributeAsync("points"))!.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(point => point.Split(',').Select(Number).ToArray()).ToArray();
            points.Length.ShouldBeGreaterThan(5, line);
            points.ShouldAllBe(point => point[0] >= 0 && point[0] <= 100 && point[1] >= 0 && point[1] <= 24);
            points.Select(point => point[0]).ShouldBeInOrder();
            // Losses fall, and what is lower on a picture has the higher number.
            points[^1][1].ShouldBeGreaterThan(points[0][1], line);
        }

        static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Job_WithoutLosses_SaysSo()
    {
        var page = await OpenAsync("/");
        var row = page.Row("Waits for a machine");

        await Expect(row.GetByRole(AriaRole.Img, new() { Name = "no losses yet" })).ToBeAttachedAsync();
        await Expect(row).ToContainTextAsync("no step yet");
    }

    [Fact]
    public async Task Job_WithAWarning_ShowsItAsSoonAsItComes()
    {
        var server = await LiveAsync();
        await server.Api.CreateAsync(new { job_id = "reward", job_name = "Learns by reward" });
        var page = await OpenAsync("/", server: server);
        await page.ToBeLiveAsync();
        await page.MarkAsync();

        await server.Api.EvaluateAsync("reward", 10, -0.5);

        var warning = (await server.Api.GetAsync("/api/training/local/reward/status")).GetProperty("warning").GetString()!;
        await Expect(page.Row("Learns by reward").Locator(".warn")).ToContainTextAsync(warning[..Math.Min(100, warning.Length)]);
        await page.ShouldStillBeMarkedAsync();
    }
}
