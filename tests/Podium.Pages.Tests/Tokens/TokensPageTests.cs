using System.Text.RegularExpressions;

namespace Podium.Pages.Tests.Tokens;

/// <summary>Making and revoking tokens, as an administrator does.</summary>
public sealed class TokensPageTests : PageTest
{
    [Fact]
    public async Task Add_Operator_ShowsTheSecretThisOnce()
    {
        var server = await StartServerAsync();
        var page = await OpenAsync("/tokens", Role.Admin, server: server);

        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("lars");
        await page.GetByRole(AriaRole.Radio, new() { NameRegex = Starting("operator") }).CheckAsync();
        await page.GetByLabel("Expires", new() { Exact = true }).SelectOptionAsync("in 30 days");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the token" }).ClickAsync();

        var secret = page.Locator("#secret");
        await Expect(secret).ToHaveTextAsync(new Regex("^podium_", RegexOptions.None, TimeSpan.FromSeconds(1)));
        var text = await secret.InnerTextAsync();
        await Expect(page.GetByRole(AriaRole.Row, new() { NameRegex = Starting("lars operator") })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "I have copied it" }).ClickAsync();
        await Expect(secret).ToHaveCountAsync(0);
        (await page.ContentAsync()).ShouldNotContain(text);
    }

    [Fact]
    public async Task Add_WrongName_SaysSoAtItsFieldAndKeepsWhatWasTyped()
    {
        var server = await StartServerAsync();
        var page = await OpenAsync("/tokens", Role.Admin, server: server);
        ExpectFault(page, "^console: Failed to load resource.* 400 ");

        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("no spaces, please");
        await page.GetByRole(AriaRole.Radio, new() { NameRegex = Starting("admin") }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the token" }).ClickAsync();

        await Expect(page.Locator("#name-fault")).ToContainTextAsync("may have letters, digits");
        await Expect(page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("no spaces, please");
        await Expect(page.GetByRole(AriaRole.Radio, new() { NameRegex = Starting("admin") })).ToBeCheckedAsync();
    }

    [Fact]
    public async Task Revoke_AfterItWasConfirmed_IsGone()
    {
        var server = await StartServerAsync();
        await server.Api.PostAsync("/api/tokens", new { name = "old-one", role = "viewer" });
        var page = await OpenAsync("/tokens", Role.Admin, server: server);

        await page.GetByRole(AriaRole.Link, new() { Name = "Revoke old-one" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Revoke 'old-one'?" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke 'old-one'" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "All tokens" })).ToBeVisibleAsync();
        await Expect(page.GetByText("old-one")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Revoke_TheLastAdministrator_IsRefusedAndSaysWhatToDo()
    {
        var server = await StartServerAsync();
        var page = await OpenAsync("/tokens/revoke?name=admin", Role.Admin, server: server);
        ExpectFault(page, "^console: Failed to load resource.* 409 ");

        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke 'admin'" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Make another one first");
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true, Traits = new[] { "Category", "Slow" })]
    [InlineData(true, false, Traits = new[] { "Category", "Slow" })]
    public async Task Tokens_AnyLook_CanBeReadAndUsed(bool dark, bool phone)
    {
        foreach (var path in (string[])["/tokens", "/tokens/revoke?name=admin"])
        {
            var page = await OpenAsync(path, Role.Admin, dark, phone);

            await page.ShouldHaveNoSeriousAxeFindingsAsync();
            await page.ShouldNotScrollSidewaysAsync();
        }
    }

    private static Regex Starting(string text) => new($"^{Regex.Escape(text)}", RegexOptions.None, TimeSpan.FromSeconds(1));
}
