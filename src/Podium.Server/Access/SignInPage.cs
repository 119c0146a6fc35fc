using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Antiforgery;

namespace Podium.Server.Access;

/// <summary>The pages to sign in and out by: plain HTML that needs no script.</summary>
internal static class SignInPage
{
    /// <summary>The look of both pages; the policy allows no style within a page.</summary>
    public const string Style = """
        :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
        body { max-width: 26rem; margin: 15vh auto 0; padding: 0 1rem; }
        input { box-sizing: border-box; width: 100%; padding: .5rem; font: inherit; margin: .25rem 0 1rem; }
        button { padding: .5rem 1.25rem; font: inherit; }
        [role=alert] { color: light-dark(#a00000, #ff9a9a); }
        """;

    /// <summary>Asks for a token, or for a click where a ready link brought one.</summary>
    /// <param name="context">The request.</param>
    /// <param name="forgery">What the form must carry.</param>
    /// <param name="token">The token of a ready link.</param>
    /// <param name="back">Where to go then.</param>
    /// <param name="fault">What was wrong with the last try.</param>
    public static string SignIn(HttpContext context, AntiforgeryTokenSet forgery, string? token, string back, string? fault) => Page(context, "Sign in", $"""
        {(fault is null ? "" : $"""<p role="alert">{Encode(fault)}</p>""")}
        <form method="post" action="{Encode($"{context.Request.PathBase}{SignInApi.Path}")}">
        {Hidden(forgery.FormFieldName, forgery.RequestToken)}
        {Hidden(SignInApi.ReturnField, back)}
        {(string.IsNullOrEmpty(token)
            ? $"""<label>Token <input type="password" name="{SignInApi.TokenField}" autocomplete="current-password" required autofocus></label>"""
            : $"{Hidden(SignInApi.TokenField, token)}<p>This link signs you in.</p>")}
        <button type="submit">Sign in</button>
        </form>
        """);

    /// <summary>Asks whether to sign out.</summary>
    public static string SignOut(HttpContext context, AntiforgeryTokenSet forgery) => Page(context, "Sign out", $"""
        <form method="post" action="{Encode($"{context.Request.PathBase}{SignInApi.OutPath}")}">
        {Hidden(forgery.FormFieldName, forgery.RequestToken)}
        <button type="submit">Sign out</button>
        </form>
        """);

    private static string Page(HttpContext context, string title, string body) => $"""
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{title} · Podium</title>
        <link rel="stylesheet" href="{Encode($"{context.Request.PathBase}{SignInApi.StylePath}")}">
        <h1>{title}</h1>
        {body}
        </html>
        """;

    private static string Hidden(string name, string? value) => $"""<input type="hidden" name="{Encode(name)}" value="{Encode(value ?? "")}">""";

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
