using System.Text.Json;

namespace Podium.Pages.Tests.Browsing;

/// <summary>What axe-core finds on a page.</summary>
internal static class Accessibility
{
    private static readonly Lazy<string> Axe = new(Read);

    /// <summary>Fails where axe-core finds something serious or critical, and names each.</summary>
    public static async Task ShouldHaveNoSeriousAxeFindingsAsync(this IPage page)
    {
        // Evaluated by the debugger, not added as an element: the page's content policy stays as it is.
        await page.EvaluateAsync($"() => {{ {Axe.Value}\n }}");
        var found = await page.EvaluateAsync<JsonElement>("async () => (await axe.run(document, { resultTypes: ['violations'] })).violations");
        string[] serious =
        [
            .. found.EnumerateArray()
                .Where(violation => violation.GetProperty("impact").GetString() is "serious" or "critical")
                .SelectMany(violation => violation.GetProperty("nodes").EnumerateArray().Select(node => Describe(violation, node))),
        ];
        serious.ShouldBeEmpty($"axe-core on {page.Url}:\n{string.Join('\n', serious)}");
    }

    private static string Describe(JsonElement violation, JsonElement node) =>
        $"{violation.GetProperty("id").GetString()} ({violation.GetProperty("help").GetString()}): {node.GetProperty("target")}: {node.GetProperty("failureSummary").GetString()!.ReplaceLineEndings(" ")}";

    private static string Read()
    {
        var path = Path.Combine(Checkout.Root, "src", "Podium.Server", "Browser", "node_modules", "axe-core", "axe.min.js");
        return File.Exists(path) ? File.ReadAllText(path) : throw new FileNotFoundException($"There is no {path}. The build of src/Podium.Server installs it, with npm.", path);
    }
}
