using System.Diagnostics;

namespace Podium.Server.Operations;

/// <summary>Names a request's trace by its route, never by its address, in which a ready link has a token.</summary>
internal static class RequestTraces
{
    public static void UseRequestTraces(this IApplicationBuilder app) => app.Use(static async (context, next) =>
    {
        // Nobody traces unless a collector was told of.
        var trace = Activity.Current;
        await next(context);
        if (trace is null || context.GetEndpoint() is not RouteEndpoint { RoutePattern.RawText: { } route }) return;
        trace.DisplayName = $"{context.Request.Method} {route}";
        trace.SetTag("http.request.method", context.Request.Method);
        trace.SetTag("http.route", route);
        trace.SetTag("http.response.status_code", context.Response.StatusCode);
    });
}
