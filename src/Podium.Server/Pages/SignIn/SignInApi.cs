using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Podium.Server.Access;
using Podium.Storage;

namespace Podium.Server.Pages.SignIn;

/// <summary>Signing in and out with a browser.</summary>
/// <remarks>
/// A ready link (<c>/sign-in?token=…</c>) only fills in the form; signing in takes a click, which posts it. A GET that signed in
/// would be done by whatever follows links by itself, such as the preview of a chat, and by any strange page, which could so
/// sign somebody in with a token of its owner's and look on at what they do. Both pages need no script.
/// </remarks>
internal static class SignInApi
{
    public const string TokenField = "token";
    public const string ReturnField = "return";

    /// <summary>Bytes that a form may have.</summary>
    private const int MostBytes = 64 * 1024;

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").AllowAnonymous().ExcludeFromDescription();
        pages.MapGet(SignInPaths.In, (HttpContext context, IAntiforgery antiforgery) =>
            Form(context, antiforgery, context.Request.Query[TokenField], LocalPath.OrFront(context.Request.Query[ReturnField])));
        pages.MapPost(SignInPaths.In, SignInAsync).WithMetadata(new RequestSizeLimit(MostBytes));
        pages.MapGet(SignInPaths.Out, (HttpContext context, IAntiforgery antiforgery) => OutForm(context, antiforgery, StatusCodes.Status200OK));
        pages.MapPost(SignInPaths.Out, SignOutAsync).WithMetadata(new RequestSizeLimit(MostBytes));
    }

    private static async Task<IResult> SignInAsync(HttpContext context, IAntiforgery antiforgery, PodiumStorage storage, SignInCookie cookie, FailedSignIns failures, CancellationToken cancellation)
    {
        if (!context.Request.HasFormContentType) return Form(context, antiforgery, null, "/", "This page takes a form.", StatusCodes.Status415UnsupportedMediaType);
        var form = await context.Request.ReadFormAsync(cancellation);
        var back = LocalPath.OrFront(form[ReturnField]);
        if (!await antiforgery.IsRequestValidAsync(context)) return Form(context, antiforgery, null, back, "The page was too old. Please try again.", StatusCodes.Status400BadRequest);
        if (failures.IsExhausted(context))
        {
            context.Response.Headers.RetryAfter = FailedSignIns.RetryAfter;
            return Form(context, antiforgery, null, back, "There were too many wrong tokens. Please wait a minute.", StatusCodes.Status429TooManyRequests);
        }

        // People paste it with what stands around it.
        var secret = form[TokenField].ToString().Trim();
        if (await storage.Tokens.FindAsync(secret, cancellation) is null)
        {
            failures.Note(context);
            return Form(context, antiforgery, null, back, "This token is wrong, revoked or expired.", StatusCodes.Status401Unauthorized);
        }

        cookie.Write(context, secret);
        return TypedResults.Redirect($"{context.Request.PathBase}{back}");
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(context)) return OutForm(context, antiforgery, StatusCodes.Status400BadRequest);
        SignInCookie.Delete(context);
        return TypedResults.Redirect($"{context.Request.PathBase}{SignInPaths.In}");
    }

    private static RazorComponentResult<SignInDocument> Form(
        HttpContext context, IAntiforgery antiforgery, string? token, string back, string? fault = null, int status = StatusCodes.Status200OK) =>
        Page<SignInDocument>(
            status,
            (nameof(SignInDocument.Forgery), antiforgery.GetAndStoreTokens(context)),
            (nameof(SignInDocument.Token), token),
            (nameof(SignInDocument.Back), back),
            (nameof(SignInDocument.Fault), fault));

    private static RazorComponentResult<SignOutDocument> OutForm(HttpContext context, IAntiforgery antiforgery, int status) =>
        Page<SignOutDocument>(status, (nameof(SignOutDocument.Forgery), antiforgery.GetAndStoreTokens(context)));

    private static RazorComponentResult<T> Page<T>(int status, params (string Name, object? Value)[] parameters)
        where T : IComponent =>
        new(parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value, StringComparer.Ordinal)) { StatusCode = status, PreventStreamingRendering = true };
}
