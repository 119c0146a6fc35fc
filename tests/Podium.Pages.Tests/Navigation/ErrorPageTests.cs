using System.Collections.Concurrent;
using Podium.Pages.Tests.Dashboard;

namespace Podium.Pages.Tests.Navigation;

/// <summary>A page that says of an error brings the script anew; what runs already must go on, and run once.</summary>
public sealed class ErrorPageTests : PageTest
{
    [Theory]
    [InlineData("/jobs/nothere", "See all jobs", true)]
    [InlineData("/nowhere", "Go to the jobs", false)]
    public async Task Link_ToWhatIsNotThere_IsLeftAgainAndAllGoesOn(string address, string wayBack, bool isChangedInPlace)
    {
        var server = await LiveAsync();
        var job = $"after-error{address.Replace('/', '-')}";
        await Seeds.RunningAsync(server.Api, job, name: job);
        var page = await OpenAsync("/", server: server);
        ExpectFault(page, "^console: Failed to load resource.* 404 ");
        await page.ToBeLiveAsync();
        await page.MarkAsync();
        // A link of a job that was deleted meanwhile, so to speak.
        await page.EvaluateAsync("address => { const link = document.createElement('a'); link.href = address; link.textContent = 'Gone'; document.querySelector('h1').after(link); }", address);

        await page.GetByRole(AriaRole.Link, new() { Name = "Gone", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert).GetByRole(AriaRole.Heading)).ToHaveTextAsync("There is nothing here");
        await page.GetByRole(AriaRole.Link, new() { Name = wayBack }).ClickAsync();
        await page.ToBeLiveAsync();
        // One that needs no script brings none, and is left by loading the next page whole.
        if (isChangedInPlace) await page.ShouldStillBeMarkedAsync();
        await page.MarkAsync();
        ConcurrentQueue<string> asked = [];
        page.Request += (_, request) => asked.Enqueue(new Uri(request.Url).AbsolutePath);
        await page.GetByRole(AriaRole.Link, new() { Name = job, Exact = true }).ClickAsync();
        await page.LossChart().ToBeDrawnAsync();
        await page.ToBeLiveAsync();

        await server.Api.ReportAsync(job, new { step = 240, epoch = 1.2, train_loss = 1.125 });
        await Expect(page.LossChart().Key("loss")).ToContainTextAsync("1.125");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Progress" })).ToContainTextAsync("60 %");
        asked.Count(path => path == $"/api/training/local/{job}/stream").ShouldBe(1);
        await page.ShouldStillBeMarkedAsync();

        await page.GoBackAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = job, Exact = true })).ToBeVisibleAsync();
        await page.ToBeLiveAsync();
    }
}
