using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Podium.Cli.Tests.Material;
using Podium.Cli.Tests.Serving;

namespace Podium.Cli.Tests.Packaging;

/// <summary>Works with a packed server as somebody does who has just installed it.</summary>
internal static class PackedServer
{
    /// <summary>Starts it by <c>podium serve</c>, brings a run in, asks for it, looks at the pages, and stops it.</summary>
    /// <param name="podium">The podium that was installed.</param>
    public static async Task ShouldWorkAsync(string podium)
    {
        using var folder = new TemporaryFolder();
        var run = MadeRun.Usual(folder, "run", evalLosses: [1.5, 1.1, 1.3]);
        using var serve = await ServeProcess.StartFromAsync(podium, Path.Combine(folder.Path, "data"), "--runs", run.Path);

        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ServeProcess.AdminToken);
        (await GetAsync(http, $"{serve.Url}/health")).ShouldContain("\"ok\"");
        (await GetAsync(http, $"{serve.Url}/version")).ShouldBe((await ProcessRun.StartAsync(podium, ["--version"])).Output.Trim());

        var environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["PODIUM_URL"] = serve.Url, ["PODIUM_TOKEN"] = ServeProcess.AdminToken };
        (await ProcessRun.StartAsync(podium, ["import", run.Path, "--job-id", "packed"], environment: environment)).ShouldExitWith(0);
        (await ProcessRun.StartAsync(podium, ["jobs"], environment: environment)).ShouldExitWith(0).Output.ShouldContain("packed");
        var job = (await ProcessRun.StartAsync(podium, ["jobs", "packed", "--format", "json"], environment: environment)).ShouldExitWith(0).Json();
        job.Text("best_checkpoint_path").ShouldBe((await ProcessRun.StartAsync(podium, ["rank", run.Path, "--format", "json"])).Json().Text("recommended"));
        (await ProcessRun.StartAsync(podium, ["jobs"], environment: new Dictionary<string, string?>(environment, StringComparer.Ordinal) { ["PODIUM_TOKEN"] = null }))
            .ShouldExitWith(1).Error.ShouldContain("PODIUM_TOKEN");

        // The description and its page are inside the assemblies; the page's own parts are named in the notices.
        (await GetAsync(http, $"{serve.Url}/api/openapi.json")).ShouldContain("/api/training/local/jobs");
        var page = await GetAsync(http, $"{serve.Url}/api/docs/swagger-ui-bundle.js");
        Notices.Text.ShouldContain($"Swagger UI {Regex.Match(page, "(?<=PACKAGE_VERSION:\")[^\"]+", RegexOptions.None, TimeSpan.FromSeconds(10)).Value} (");

        await serve.SignalAsync("TERM");
        (await serve.EndAsync()).ShouldBe(0, serve.Printed);
    }

    private static Task<string> GetAsync(HttpClient http, string url) => http.GetStringAsync(new Uri(url), TestContext.Current.CancellationToken);
}
