namespace Podium.Server.Pages.Shell;

/// <summary>Light or dark, as somebody chose; the browser's own way where nobody did.</summary>
internal static class Theme
{
    /// <summary>The cookie in which the page's script keeps the choice.</summary>
    private const string Cookie = "podium_theme";

    /// <summary>The choice of whoever asks; null where they made none.</summary>
    public static string? Of(HttpContext context) => context.Request.Cookies[Cookie] is ("light" or "dark") and var theme ? theme : null;
}
