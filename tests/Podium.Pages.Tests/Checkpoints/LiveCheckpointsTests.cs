namespace Podium.Pages.Tests.Checkpoints;

/// <summary>The page while a training runs.</summary>
public sealed class LiveCheckpointsTests : PageTest
{
    private const string Job = "live";

    [Fact]
    public async Task Checkpoint_SavedMeanwhile_ComesByItselfAndLeavesTheSelectionAlone()
    {
        var server = await StartServerAsync();
        await server.Api.CreateAsync(new { job_id = Job });
        var page = await OpenAsync(CheckpointRows.Of(Job), server: server);
        await Expect(page.Panel("No checkpoints yet")).ToBeVisibleAsync();
        await page.ToBeLiveAsync();
        await page.MarkAsync();

        await server.Api.EvaluateAsync(Job, 10, 2.0);
        await Expect(page.Chosen()).ToHaveValueAsync("checkpoint-10");
        await server.Api.EvaluateAsync(Job, 20, 1.5);
        await Expect(page.Chosen()).ToHaveValueAsync("checkpoint-20");

        await page.GetByRole(AriaRole.Radio, new() { Name = "checkpoint-10", Exact = true }).CheckAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Why not checkpoint-10?" })).ToBeVisibleAsync();
        await server.Api.EvaluateAsync(Job, 30, 1.2);

        await Expect(page.CheckpointRow("checkpoint-30")).ToContainTextAsync("⭐ Best (Recommended)");
        await Expect(page.CheckpointRow("checkpoint-30")).ToContainTextAsync("Latest");
        await Expect(page.Chosen()).ToHaveValueAsync("checkpoint-10");
        await page.ShouldStillBeMarkedAsync();
    }

    [Fact]
    public async Task Checkpoints_Many_AreAllThereAndThePageOfTheSelectedComesFirst()
    {
        var server = await StartServerAsync();
        await server.Api.CreateAsync(new { job_id = Job });
        for (var step = 1; step <= 130; step++) await server.Api.EvaluateAsync(Job, step, 3 - (step / 100.0));
        var page = await OpenAsync(CheckpointRows.Of(Job, "?sort=step"), server: server);

        await Expect(page.Chosen()).ToHaveValueAsync("checkpoint-130");
        await Expect(page.Rows()).ToHaveCountAsync(30);
        await page.GetByRole(AriaRole.Link, new() { Name = "Before" }).ClickAsync();
        await Expect(page.Rows()).ToHaveCountAsync(100);
        await page.GetByRole(AriaRole.Radio, new() { Name = "checkpoint-7", Exact = true }).CheckAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Why not checkpoint-7?" })).ToBeVisibleAsync();
        await Expect(page.Rows()).ToHaveCountAsync(100);
    }
}
