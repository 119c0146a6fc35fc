using System.Net;
using Podium.Server.Tests.Live;
using Podium.Server.Tests.Material;

namespace Podium.Server.Tests.Pages;

/// <summary>Whatever stands in an address, a page says something: it never breaks.</summary>
public sealed class BadAddressTests
{
    /// <summary>The pages, each with the fields that it reads.</summary>
    private static readonly (string Path, string[] Fields)[] Pages =
    [
        ("/", ["page", "sort", "order", "status", "search"]),
        ("/compare", ["job", "metric", "sort", "order", "search", "all"]),
        ("/import", ["path", "below"]),
        ("/import/found", ["below"]),
        ("/tokens", ["name"]),
        ("/tokens/revoke", ["name"]),
        ("/sign-in", ["return"]),
        ("/sign-out", ["return"]),
        ("/jobs/job", ["run"]),
        ("/jobs/job/checkpoints", ["strategy", "weights", "checkpoint", "with", "sort", "page"]),
        ("/jobs/job/metrics", ["search", "page"]),
        ("/jobs/job/logs", ["from", "search"]),
        ("/jobs/job/config", ["search"]),
        ("/jobs/job/events", ["kind", "before"]),
    ];

    private static readonly string[] Values =
    [
        "-1", "0", "2147483647", "9223372036854775807", "99999999999999999999", "NaN", "1e309", "nonsense", "-", "%00", "a%00b", "%ff%fe", "%ed%a0%80", "%F0%9F%98%80", "..%2F..%2Fetc", "%27%22%3E%3Cb%3E",
        "eval_loss&{0}=loss", "metric:", "metric::", "metric:%00", "1,2", "NaN,0,0,0", "-1,0,0,0", "1e308,1e308,1e308,1e308", "plateau:-5%25", "%25",
    ];

    private static readonly string[] Jobs = ["nothere", "%27", "%22%3E", "a%27%22b", "%00", "a%00b", "%2F", "..", "%2e%2e", "%5C", "%ff", "%25", "+", "%20", "a%0D%0Ab", "%F0%9F%98%80", new string('x', 6000)];

    private static readonly string[] Tabs = ["", "/checkpoints", "/metrics", "/logs", "/config", "/events"];

    [Theory]
    [InlineData("SQLite")]
    [InlineData("PostgreSQL")]
    public async Task Page_AnyValueOfAnyField_IsNoServerError(string engine)
    {
        using var database = engine == "PostgreSQL" ? TestPostgres.Make() : null;
        await using var server = await StartAsync(database?.Connection);

        await ShouldAllBeAnsweredAsync(server, Fields.SelectMany(field => Values.Select(value => $"{field.Path}?{field.Name}={value.Replace("{0}", field.Name, StringComparison.Ordinal)}")));
    }

    [Fact]
    public async Task Page_AsItIs_IsThere()
    {
        await using var server = await StartAsync();

        foreach (var (path, _) in Pages.Where(page => !page.Path.StartsWith("/sign", StringComparison.Ordinal) && page.Path != "/tokens/revoke"))
            (await server.Client.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK, path);
    }

    [Fact]
    public async Task Page_LongValues_AreRefusedOrTaken()
    {
        await using var server = await StartAsync();

        await ShouldAllBeAnsweredAsync(server, Fields.SelectMany(field => ((int[])[7000, 100_000]).Select(length => $"{field.Path}?{field.Name}={new string('x', length)}")));
    }

    [Theory]
    [InlineData("SQLite")]
    [InlineData("PostgreSQL")]
    public async Task Page_AnyJob_IsNoServerError(string engine)
    {
        using var database = engine == "PostgreSQL" ? TestPostgres.Make() : null;
        await using var server = await StartAsync(database?.Connection);

        await ShouldAllBeAnsweredAsync(server, Jobs.SelectMany(job => Tabs.Select(tab => $"/jobs/{job}{tab}").Append($"/compare?job={job}&job=job")));
    }

    private static IEnumerable<(string Path, string Name)> Fields => Pages.SelectMany(page => page.Fields.Select(name => (page.Path, name)));

    private static async Task<RunningServer> StartAsync(string? database = null)
    {
        var samples = Path.Combine(Checkout.Root, "samples");
        var server = await RunningServer.StartAsync(options => options with { Runs = [samples], Database = database ?? options.Database });
        server.Client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        (await server.PostAsync("/api/training/local/import", new { path = Path.Combine(samples, "sentiment-finetune"), job_id = "job" })).EnsureSuccessStatusCode();
        return server;
    }

    private static async Task ShouldAllBeAnsweredAsync(RunningServer server, IEnumerable<string> addresses)
    {
        List<string> broken = [];
        foreach (var address in addresses)
        {
            // As it stands: what a client would mend comes broken, too.
            var uri = new Uri(server.Address.ToString().TrimEnd('/') + address, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
            using var answer = await server.Client.GetAsync(uri, TestContext.Current.CancellationToken);
            if (answer.StatusCode >= HttpStatusCode.InternalServerError) broken.Add($"{(int)answer.StatusCode} to {(address.Length > 120 ? $"{address[..120]}…" : address)}");
        }

        broken.ShouldBeEmpty();
    }
}
