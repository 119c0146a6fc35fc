namespace Podium.Pages.Tests.Browsing;

/// <summary>Whatever goes wrong on a page is seen: else the other tests would prove less than they seem to.</summary>
public sealed class PageFaultsTests : PageTest
{
    [Theory]
    [InlineData("console.error('broken')", "console: broken")]
    [InlineData("setTimeout(() => { throw new Error('thrown'); })", "script: ")]
    [InlineData("Promise.reject(new Error('rejected'))", "script: ")]
    [InlineData("setTimeout(() => alert('hello'))", "dialog: alert hello")]
    [InlineData("document.body.setAttribute('style', 'color: red')", "console: Content policy: style-src-attr")]
    [InlineData("document.body.append(Object.assign(document.createElement('script'), { textContent: '1' }))", "console: Content policy: script-src-elem")]
    [InlineData("document.body.append(Object.assign(new Image(), { src: 'http://127.0.0.1:9/picture.png' }))", "console: Content policy: img-src")]
    [InlineData("void fetch('/no-such-file.js')", "console: Failed to load resource: the server responded with a status of 40")]
    public async Task Page_WhereSomethingGoesWrong_HasAFault(string script, string fault)
    {
        var page = await OpenAsync("/sign-in");

        await page.EvaluateAsync($"() => {{ {script} }}");

        for (var i = 0; i < 100 && !FaultsOn(page).Any(IsExpected); i++) await Task.Delay(50, TestContext.Current.CancellationToken);
        var seen = FaultsOn(page).ToArray();
        ExpectFault(page, "");
        seen.Where(IsExpected).ShouldNotBeEmpty(string.Join('\n', seen));

        bool IsExpected(string one) => one.StartsWith(fault, StringComparison.Ordinal);
    }
}
