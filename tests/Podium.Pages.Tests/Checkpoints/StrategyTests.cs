using System.Text.Json;

namespace Podium.Pages.Tests.Checkpoints;

/// <summary>Changing how a job is ranked.</summary>
public sealed class StrategyTests : PageTest
{
    [Fact]
    public async Task Strategy_ChangedByAnOperator_IsTheJobsFromThenOn()
    {
        var server = await StartServerAsync();
        await server.Api.ImportAsync(Samples.Sentiment);
        var page = await OpenAsync(CheckpointRows.Of(SharedServer.Sentiment), Role.Operator, server: server);

        await page.GetByLabel("Strategy", new() { Exact = true }).SelectOptionAsync("eval-loss");
        await page.GetByRole(AriaRole.Button, new() { Name = "Rank the job by it" }).ClickAsync();

        await Expect(page.Chosen()).ToHaveValueAsync("checkpoint-500");
        await Expect(page.CheckpointRow("checkpoint-500")).ToContainTextAsync("⭐ Best (Recommended)");
        await Expect(page.GetByText("This is a trial.")).ToHaveCountAsync(0);
        (await StatusAsync(server)).ShouldBe(("eval-loss", "checkpoint-500"));

        await page.GetByLabel("Strategy", new() { Exact = true }).SelectOptionAsync("metric:");
        await page.GetByLabel("Metric").FillAsync("eval_loss:down");
        await page.GetByRole(AriaRole.Button, new() { Name = "Rank the job by it" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("'down' is no direction. Write metric:eval_loss:min or metric:eval_loss:max.");
        await Expect(page.GetByLabel("Metric")).ToHaveValueAsync("eval_loss:down");
        ExpectFault(page, "^console: Failed to load resource.* 400 ");
        (await StatusAsync(server)).Strategy.ShouldBe("eval-loss");

        await page.GetByLabel("Strategy", new() { Exact = true }).SelectOptionAsync("");
        await page.GetByRole(AriaRole.Button, new() { Name = "Rank the job by it" }).ClickAsync();
        await Expect(page.Chosen()).ToHaveValueAsync("checkpoint-400");
    }

    [Fact]
    public async Task Strategy_PostedByAViewer_IsRefused()
    {
        var page = await OpenAsync(CheckpointRows.Of(SharedServer.Sentiment), Role.Viewer);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Rank the job by it" })).ToHaveCountAsync(0);

        var session = JsonElement.Parse(await (await page.Context.APIRequest.GetAsync("api/session")).TextAsync());
        var form = page.Context.APIRequest.CreateFormData();
        form.Set("_handler", "strategy");
        form.Set("strategy", "eval-loss");
        var answer = await page.Context.APIRequest.PostAsync(page.Url, new()
        {
            Form = form,
            Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["X-CSRF-Token"] = session.GetProperty("csrf_token").GetString()!, ["Accept"] = "text/html" },
        });

        answer.Status.ShouldBe(403, await answer.TextAsync());
        (await answer.TextAsync()).ShouldContain("may not change a job");
        (await StatusAsync(await SharedAsync())).Strategy.ShouldBe("multi-metric");
    }

    private static async Task<(string? Strategy, string? Best)> StatusAsync(PageServer server)
    {
        var status = await server.Api.GetAsync($"/api/training/local/{SharedServer.Sentiment}/status");
        return (status.GetProperty("strategy").GetString(), status.GetProperty("best_checkpoint_path").GetString());
    }
}
