using System.Text.RegularExpressions;

namespace Podium.Pages.Tests.Access;

/// <summary>A server below a prefix, as behind a proxy.</summary>
public sealed class PrefixTests : PageTest
{
    [Fact]
    public async Task SignIn_BelowAPrefix_StaysBelowIt()
    {
        var server = await StartServerAsync("--path-base", "/podium");
        var page = await OpenAsync("/", Role.Nobody, server: server);
        await Expect(page).ToHaveURLAsync(new Regex("/podium/sign-in", RegexOptions.None, TimeSpan.FromSeconds(1)));

        await page.GetByLabel("Token").FillAsync(await server.SecretAsync(Role.Viewer));
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page).Not.ToHaveURLAsync(new Regex("sign-in", RegexOptions.None, TimeSpan.FromSeconds(1)));

        page.Url.ShouldStartWith(server.Url.ToString());
        var cookie = (await page.Context.CookiesAsync()).Single(kept => kept.Name == "podium_session");
        cookie.Path.ShouldBe("/podium");
    }
}
