using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Podium.Server.Description;
using Podium.Server.Tests.Material;

namespace Podium.Server.Tests.Description;

public sealed class DescriptionTests
{
    [Fact]
    public async Task Description_AsCommitted_IsThatOfTheServer()
    {
        await using var server = await RunningServer.StartAsync();
        var served = JsonNode.Parse(await server.Client.GetStringAsync(DescriptionApi.Path, TestContext.Current.CancellationToken));
        var committed = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Checkout.Root, "docs", "openapi.json"), TestContext.Current.CancellationToken));

        JsonNode.DeepEquals(committed, served).ShouldBeTrue("docs/openapi.json is old. Renew it: dotnet build src/Podium.Server -p:RenewDescription=true");
    }

    [Fact]
    public async Task Description_OfEveryCall_HasANameAndSaysWhoMayCall()
    {
        await using var server = await RunningServer.StartAsync();
        var document = await server.GetAsync(DescriptionApi.Path);

        document.GetProperty("openapi").GetString()!.ShouldStartWith("3.1");
        document.GetProperty("components").GetProperty("securitySchemes").EnumerateObject().Select(scheme => scheme.Name).ShouldBe(["bearer", "basic", "cookie"], ignoreOrder: true);
        List<string> names = [];
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var call in path.Value.EnumerateObject())
            {
                var what = $"{call.Name} {path.Name}";
                call.Value.TryGetProperty("operationId", out var name).ShouldBeTrue(what);
                name.GetString().ShouldNotBeNullOrEmpty($"{what}: give it a name in DescribedCalls");
                names.Add(name.GetString()!);
                call.Value.TryGetProperty("summary", out _).ShouldBeTrue(what);
                if (path.Name is not ("/health" or "/version")) call.Value.GetProperty("security").GetArrayLength().ShouldBe(3, what);
            }
        }

        names.ShouldBeUnique();
        names.ShouldContain("listCheckpoints");
        names.ShouldContain("listFineTuningJobs");
        document.GetProperty("paths").EnumerateObject().ShouldAllBe(path => !path.Name.Contains("mlflow", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Page_ToTryTheApi_HasItsScriptBelowThePrefixToo()
    {
        await using var server = await RunningServer.StartAsync(options => options with { PathBase = "/podium" });

        (await server.Client.GetStringAsync("/podium/api/docs/index.html", TestContext.Current.CancellationToken)).ShouldContain("/podium/api/docs/csrf.js");
        using var script = await server.Client.GetAsync("/podium/api/docs/csrf.js", TestContext.Current.CancellationToken);
        script.Content.Headers.ContentType!.MediaType.ShouldBe("text/javascript");
        (await script.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("\"X-CSRF-Token\"");
    }

    [Fact]
    public async Task Schemas_OfNumbers_AreNumbers()
    {
        await using var server = await RunningServer.StartAsync();
        var status = (await server.GetAsync(DescriptionApi.Path)).GetProperty("components").GetProperty("schemas").GetProperty("JobStatusAnswer");

        Types(status.GetProperty("properties").GetProperty("current_step")).ShouldBe(["null", "integer"], ignoreOrder: true);
        Types(status.GetProperty("properties").GetProperty("eval_loss")).ShouldBe(["null", "number"], ignoreOrder: true);
        status.GetProperty("required").EnumerateArray().Select(name => name.GetString()).ShouldContain("best_checkpoint_path");
    }

    [Fact]
    public async Task Page_WithASignedInCaller_HasNoScriptThatTheHeadersForbid()
    {
        await using var server = await RunningServer.StartAsync();

        using var page = await server.Client.GetAsync($"{DescriptionApi.PagePath}/index.html", TestContext.Current.CancellationToken);
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldNotContain("unsafe");
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        html.ShouldContain("<script");
        foreach (var script in html.Split("<script").Skip(1)) script[(script.IndexOf('>', StringComparison.Ordinal) + 1)..script.IndexOf("</script>", StringComparison.Ordinal)].Trim().ShouldBeEmpty();
        html.ShouldNotContain("<style");
        (await server.Client.GetStringAsync($"{DescriptionApi.PagePath}/index.js", TestContext.Current.CancellationToken)).ShouldContain(DescriptionApi.Path);
    }

    [Theory]
    [InlineData(DescriptionApi.Path)]
    [InlineData(DescriptionApi.PagePath + "/index.html")]
    [InlineData(DescriptionApi.PagePath + "/swagger-ui-bundle.js")]
    public async Task Page_WithoutAToken_IsRefused(string path)
    {
        await using var server = await RunningServer.StartAsync();

        using var answer = await server.ClientWith(null).GetAsync(path, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static IEnumerable<string?> Types(JsonElement schema) =>
        schema.GetProperty("type") is { ValueKind: JsonValueKind.Array } several ? several.EnumerateArray().Select(type => type.GetString()) : [schema.GetProperty("type").GetString()];
}
