using Microsoft.AspNetCore.Antiforgery;
using Podium.Server.Wire;

namespace Podium.Server.Access;

/// <summary>Refuses what a strange page makes a browser do in the name of whoever signed in.</summary>
/// <remarks>
/// A browser sends its cookie along with whatever any page makes it send. So a request that changes something and is known by
/// its cookie alone must carry a second token, which only our own pages can read. A header with a token cannot be sent by a
/// strange page: such requests need none.
/// </remarks>
internal sealed class CookieGuard(IAntiforgery antiforgery) : IMiddleware
{
    /// <summary>The header in which pages send the second token.</summary>
    public const string Header = "X-CSRF-Token";

    /// <inheritdoc/>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.IsByCookie() && ChangesSomething(context.Request.Method) && !await antiforgery.IsRequestValidAsync(context))
        {
            await Problems.Of(StatusCodes.Status403Forbidden, $"A browser that is signed in must send the header {Header}; GET /api/session says its value. Reload the page.").ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    private static bool ChangesSomething(string method) =>
        !(HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method));
}
