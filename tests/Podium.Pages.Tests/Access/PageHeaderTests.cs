using System.Text.RegularExpressions;

namespace Podium.Pages.Tests.Access;

/// <summary>What a page tells the browser to allow.</summary>
public sealed class PageHeaderTests : PageTest
{
    [Theory]
    [InlineData("/", Role.Viewer)]
    [InlineData("/sign-in", Role.Nobody)]
    [InlineData("/sign-out", Role.Viewer)]
    [InlineData($"/jobs/{SharedServer.Sentiment}", Role.Viewer)]
    public async Task Page_Any_AllowsOurOwnFilesAlone(string path, Role role)
    {
        var page = await OpenAsync("/sign-out", role);
        var answer = await page.GotoAsync(path.TrimStart('/'));

        answer!.Ok.ShouldBeTrue($"{answer.Status}");
        var headers = answer.Headers;
        var policy = headers["content-security-policy"];
        policy.Split("; ").ShouldContain("default-src 'self'");
        policy.Split("; ").ShouldContain("img-src 'self' data:");
        policy.ShouldNotContain("unsafe");
        policy.ShouldNotContain("script-src");
        headers["x-content-type-options"].ShouldBe("nosniff");
        headers["x-frame-options"].ShouldBe("DENY");
        headers["referrer-policy"].ShouldBe("no-referrer");
        headers["cache-control"].ShouldContain("no-store");
        // As it was sent: what scripts do with the styles of their own elements later is none of the policy's.
        var elements = Regex.Replace(await answer.TextAsync(), "\"[^\"]*\"", "\"\"", RegexOptions.None, TimeSpan.FromSeconds(1));
        elements.ShouldNotMatch("<style|<[^>]*\\sstyle=|<script(?![^>]*\\ssrc=)|<[^>]*\\son[a-z]+=");
    }
}
