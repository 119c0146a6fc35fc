namespace Podium.Pages.Tests.Access;

/// <summary>A job's own token is for its trainer: who signs in with it learns what to do instead.</summary>
public sealed class JobTokenTests : PageTest
{
    [Theory]
    [InlineData("/")]
    [InlineData("/jobs/mine")]
    public async Task Page_WithTheTokenOfAJob_SaysWhatToDo(string path)
    {
        var server = await StartServerAsync();
        var secret = await server.Api.CreateAsync(new { job_id = "mine" });
        var page = await OpenAsync($"/sign-in?return={path}", Role.Nobody, server: server);
        ExpectFault(page, "^console: Failed to load resource.* 403 ");

        await page.GetByLabel("Token").FillAsync(secret);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("sign in with a token that may");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Sign out" })).ToBeVisibleAsync();
        await page.ShouldHaveNoSeriousAxeFindingsAsync();
    }
}
