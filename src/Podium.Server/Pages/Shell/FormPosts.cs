namespace Podium.Server.Pages.Shell;

/// <summary>How pages answer to forms.</summary>
internal static class FormPosts
{
    /// <summary>A field of the form that was posted, without white space around it; null where it is missing or empty, and where no form was posted.</summary>
    public static string? Field(HttpContext context, string name) =>
        HttpMethods.IsPost(context.Request.Method) && context.Request.HasFormContentType && context.Request.Form[name] is [{ } value, ..] && value.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>Sends the browser on to a page: what was done is not done again when that is loaded anew.</summary>
    public static void SeeOther(HttpContext context, string page)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = page;
    }
}
