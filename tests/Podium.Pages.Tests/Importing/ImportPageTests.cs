using System.Text.RegularExpressions;

namespace Podium.Pages.Tests.Importing;

/// <summary>The first visit, and importing what is there already.</summary>
public sealed class ImportPageTests : PageTest
{
    [Fact]
    public async Task FirstVisit_Form_LeadsToTheImportedJob()
    {
        var server = await StartServerAsync();
        var page = await OpenAsync("/", Role.Operator, server: server);
        await Expect(page.GetByText($"export MLFLOW_TRACKING_URI={server.Url.ToString().TrimEnd('/')}")).ToBeVisibleAsync();

        await page.GetByLabel("Run folder").FillAsync(Samples.Sentiment);
        await page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();

        await Expect(page).ToHaveURLAsync(new Regex("/jobs/", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "sentiment-finetune" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task FirstVisit_Viewer_IsToldToAskAnOperator()
    {
        var page = await OpenAsync("/", Role.Viewer, server: await StartServerAsync());

        await Expect(page.GetByText("ask an operator")).ToBeVisibleAsync();
        await Expect(page.Locator("form[method=post]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Import_FolderElsewhere_SaysSoAtItsFieldAndKeepsWhatWasTyped()
    {
        var page = await OpenAsync("/import", Role.Operator);
        ExpectFault(page, "^console: Failed to load resource.* 400 ");

        await page.GetByRole(AriaRole.Textbox, new() { Name = "Run folder" }).FillAsync("/etc");
        await page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).First.ClickAsync();

        await Expect(page.Locator("#path-fault")).ToContainTextAsync("lies at or below none of the folders");
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Run folder" })).ToHaveValueAsync("/etc");
    }

    [Fact]
    public async Task Found_Folder_IsImportedByItsButton()
    {
        var server = await StartServerAsync();
        var page = await OpenAsync($"/import?below={Uri.EscapeDataString(Samples.Folder)}", Role.Operator, server: server);

        await page.GetByRole(AriaRole.Button, new() { Name = $"Import {Samples.Sentiment}" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "sentiment-finetune" })).ToBeVisibleAsync();
        await page.GotoAsync("import");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = $"Import again {Samples.Sentiment}" })).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true, Traits = new[] { "Category", "Slow" })]
    [InlineData(true, false, Traits = new[] { "Category", "Slow" })]
    public async Task Import_AnyLook_CanBeReadAndUsed(bool dark, bool phone)
    {
        var page = await OpenAsync("/import", Role.Operator, dark, phone);
        // The search begins once somebody comes to where it is shown.
        await page.Locator("turbo-frame#found").ScrollIntoViewIfNeededAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = Samples.Sentiment })).ToBeVisibleAsync();
        await page.ShouldHaveNoSeriousAxeFindingsAsync();
        await page.ShouldNotScrollSidewaysAsync();
        (await page.Locator("table.found").EvaluateAsync<bool>("table => table.scrollWidth <= table.parentElement.clientWidth")).ShouldBeTrue("what can be done with a folder is out of sight");

        var found = await OpenAsync("/import/found", Role.Operator, dark, phone);
        await found.ShouldHaveNoSeriousAxeFindingsAsync();
        await found.ShouldNotScrollSidewaysAsync();

        var first = await OpenAsync("/", Role.Operator, dark, phone, server: await StartServerAsync());
        await first.ShouldHaveNoSeriousAxeFindingsAsync();
        await first.ShouldNotScrollSidewaysAsync();
    }
}
