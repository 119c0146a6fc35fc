using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Podium.Server.Configuration;
using Podium.Server.Tests.Material;

namespace Podium.Server.Tests.Pages;

public sealed class BrokenPageTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/jobs/a")]
    [InlineData("/compare?job=a&job=b")]
    public async Task Page_WhoseDatabaseFailsHalfWay_SaysSoInAPage(string path)
    {
        await using var server = await RunningServer.StartAsync();
        server.Client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        await server.PostAsync("/api/training/local/jobs", new { job_id = "a" });
        (await server.Client.GetAsync("/", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);

        // The token is remembered a while: the page itself meets the fault.
        await using (var database = new SqliteConnection($"Data Source={Path.Combine(server.Services.GetRequiredService<ServerOptions>().Data, "podium.db")}"))
        {
            await database.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = database.CreateCommand();
            command.CommandText = "ALTER TABLE local_training_jobs RENAME TO elsewhere";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        using var answer = await server.Client.GetAsync(path, TestContext.Current.CancellationToken);

        ((int)answer.StatusCode).ShouldBeOneOf(500, 503);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("role=\"alert\"");
    }
}
