using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Podium.Server.Tests.Material;

namespace Podium.Server.Tests.Jobs;

public sealed class JobListTests
{
    private const string Jobs = "/api/training/local/jobs";

    [Theory]
    [InlineData("", "cba")]
    [InlineData("?status=", "cba")]
    [InlineData("?status=running,pending", "cba")]
    [InlineData("?status=running", "ba")]
    [InlineData("?status=failed,%20completed", "")]
    [InlineData("?search=LLAMA", "ca")]
    [InlineData("?search=llama&status=running", "a")]
    [InlineData("?search=%25", "")]
    [InlineData("?sort=eval_loss", "bac")]
    [InlineData("?sort=eval_loss&order=desc", "abc")]
    [InlineData("?sort=created&order=asc", "abc")]
    [InlineData("?sort=name&order=desc&limit=2", "cb")]
    [InlineData("?sort=name&limit=2&offset=2", "c")]
    public async Task List_AsAsked_HasThoseInThatOrder(string query, string expected)
    {
        await using var server = await StartAsync();

        var list = await server.GetAsync(Jobs + query);

        string.Concat(list.GetProperty("jobs").EnumerateArray().Select(job => job.GetProperty("job_id").GetString())).ShouldBe(expected);
    }

    [Theory]
    [InlineData("?status=running,luck", "status: 'luck' is none. There are: queued, pending, running, completed, failed, cancelled, paused.")]
    [InlineData("?sort=luck", "sort: 'luck' is none. There are: created, updated, name, status, progress, best_eval_loss, eval_loss, remaining.")]
    [InlineData("?order=up", "order: 'up' is none. There are: asc, desc.")]
    public async Task List_WrongQuestion_NamesTheRightOnes(string query, string expected)
    {
        await using var server = await RunningServer.StartAsync();
        var answer = await server.Client.GetAsync(Jobs + query, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("error").GetString().ShouldBe(expected);
    }

    [Fact]
    public async Task List_ByAJobsOwnToken_KnowsOfNoOther()
    {
        await using var server = await StartAsync();
        var own = await server.ClientOfJobAsync("a");

        foreach (var (query, expected) in ((string, long)[])[("", 1), ("?search=llama", 1), ("?search=mistral", 0), ("?status=pending", 0), ("?sort=name", 1)])
        {
            var list = await own.GetFromJsonAsync<JsonElement>(Jobs + query, TestContext.Current.CancellationToken);
            list.GetProperty("total").GetInt64().ShouldBe(expected, query);
            list.GetProperty("jobs").EnumerateArray().ShouldAllBe(job => job.GetProperty("job_id").GetString() == "a");
        }
    }

    private static async Task<RunningServer> StartAsync()
    {
        var server = await RunningServer.StartAsync();
        foreach (var (job, model, loss) in ((string, string, double?)[])[("a", "llama-1", 2.0), ("b", "mistral", 1.0), ("c", "Llama-2", null)])
        {
            (await server.PostAsync(Jobs, new { job_id = job, model_name = model })).EnsureSuccessStatusCode();
            if (loss is not null) (await server.PostAsync("/api/training/local/metrics", new { job_id = job, metrics = new[] { new { step = 10, eval_loss = loss } } })).EnsureSuccessStatusCode();
        }

        return server;
    }
}
