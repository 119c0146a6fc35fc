using Microsoft.AspNetCore.Http.HttpResults;
using Podium.Server.Wire;

namespace Podium.Server.Pages.Shell;

/// <summary>Says to people in a page what is refused or goes wrong before a page of its own could, with what to do.</summary>
internal sealed class ProblemPages : IProblemDetailsWriter
{
    /// <inheritdoc/>
    public bool CanWrite(ProblemDetailsContext context)
    {
        var request = context.HttpContext.Request;
        return !request.Path.StartsWithSegments("/api", StringComparison.Ordinal) && request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));
    }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var status = context.ProblemDetails.Status ?? context.HttpContext.Response.StatusCode;
        // Set by the page that was begun in this one's place; it would be added a second time.
        context.HttpContext.Response.Headers.Remove("blazor-enhanced-nav");
        var page = new RazorComponentResult<ProblemDocument>(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(ProblemDocument.Status)] = status,
            [nameof(ProblemDocument.Detail)] = ProblemForm.DetailOf(context),
        })
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        };
        // A page that was begun in this one's place has used what a request has for one page alone.
        var before = context.HttpContext.RequestServices;
        await using var scope = before.CreateAsyncScope();
        context.HttpContext.RequestServices = scope.ServiceProvider;
        try
        {
            await page.ExecuteAsync(context.HttpContext);
        }
        finally
        {
            context.HttpContext.RequestServices = before;
        }
    }
}
