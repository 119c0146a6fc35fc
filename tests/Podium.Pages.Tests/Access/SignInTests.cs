using System.Text.RegularExpressions;

namespace Podium.Pages.Tests.Access;

/// <summary>Signing in and out, as somebody does.</summary>
public sealed class SignInTests : PageTest
{
    [Fact]
    public async Task SignIn_WrongToken_SaysSoAndAsksAgain()
    {
        var page = await OpenAsync("/sign-in", Role.Nobody);
        ExpectFault(page, "^console: Failed to load resource.* 401 ");

        await page.GetByLabel("Token").FillAsync("podium_not-one");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("This token is wrong, revoked or expired.");
        await Expect(page.GetByLabel("Token")).ToBeFocusedAsync();
        await page.ShouldHaveNoSeriousAxeFindingsAsync();
    }

    [Fact]
    public async Task SignIn_RightToken_LeadsToWhereSomebodyWanted()
    {
        var page = await OpenAsync("/sign-in?return=/sign-out", Role.Nobody);

        await page.GetByLabel("Token").FillAsync($"  {await (await SharedAsync()).SecretAsync(Role.Viewer)}\n");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        await Expect(page).ToHaveURLAsync(new Regex("/sign-out$", RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task SignIn_ByKeysAlone_LeadsOn()
    {
        var page = await OpenAsync("/sign-in", Role.Nobody);
        await Expect(page.GetByLabel("Token")).ToBeFocusedAsync();

        await page.Keyboard.TypeAsync(await (await SharedAsync()).SecretAsync(Role.Viewer));
        await page.TabToAsync("button Sign in");
        await page.Keyboard.PressAsync("Space");

        await Expect(page).Not.ToHaveURLAsync(new Regex("/sign-in", RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task SignIn_ReadyLink_TakesAClickAndKeepsTheTokenOutOfTheAddress()
    {
        var page = await OpenAsync($"/sign-in?token={await (await SharedAsync()).SecretAsync(Role.Viewer)}&return=/sign-out", Role.Nobody);

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        await Expect(page).ToHaveURLAsync(new Regex("/sign-out$", RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task SignOut_ThenAPage_AsksForATokenAgain()
    {
        var page = await OpenAsync("/sign-out");

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(page.GetByLabel("Token")).ToBeVisibleAsync();
        await page.GotoAsync("");

        await Expect(page.GetByLabel("Token")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task SignIn_AnyLook_CanBeReadAndUsed(bool dark, bool phone)
    {
        foreach (var path in (string[])["/sign-in", "/sign-out"])
        {
            var page = await OpenAsync(path, Role.Nobody, dark, phone);

            await page.ShouldHaveNoSeriousAxeFindingsAsync();
            await page.ShouldNotScrollSidewaysAsync();
            await page.ShouldShowFocusEverywhereAsync();
            (await page.LuminanceAsync()).ShouldBeInRange(dark ? 0 : 0.8, dark ? 0.2 : 1);
        }
    }
}
