using Podium.Server.Access;
using Podium.Server.Description;

namespace Podium.Server.Pages;

/// <summary>Where the pages are, below <c>--path-base</c>. Every address in a page is made here.</summary>
internal sealed class PageLinks(IHttpContextAccessor accessor)
{
    private string Base => accessor.HttpContext?.Request.PathBase.Value ?? "";

    public string Jobs => $"{Base}/";

    public string Compare => $"{Base}/compare";

    public string Import => $"{Base}/import";

    public string Tokens => $"{Base}/tokens";

    public string RevokeToken => $"{Tokens}/revoke";

    /// <summary>The run folders below the server's roots that could be imported.</summary>
    public string FoundFolders => $"{Import}/found";

    public string Api => $"{Base}{DescriptionApi.PagePath}";

    public string SignIn => $"{Base}{SignInPaths.In}";

    public string SignOut => $"{Base}{SignInPaths.Out}";

    /// <summary>The stream that tells which jobs have changed.</summary>
    public string JobsStream => $"{Base}/api/training/local/stream";

    public string Job(string jobId) => $"{Base}/jobs/{Uri.EscapeDataString(jobId)}";

    public string Checkpoints(string jobId) => $"{Job(jobId)}/checkpoints";

    public string Metrics(string jobId) => $"{Job(jobId)}/metrics";

    public string Logs(string jobId) => $"{Job(jobId)}/logs";

    public string Configuration(string jobId) => $"{Job(jobId)}/config";

    public string Events(string jobId) => $"{Job(jobId)}/events";

    /// <summary>The stream of what happens to a job.</summary>
    public string JobStream(string jobId) => $"{JobCalls(jobId)}/stream";

    /// <summary>The series of a job, for charts.</summary>
    public string Series(string jobId) => $"{JobCalls(jobId)}/metrics";

    /// <summary>Lines of a job's log, for programs.</summary>
    public string LogLines(string jobId) => $"{JobCalls(jobId)}/logs";

    /// <summary>How a job stands, with its configuration, for programs.</summary>
    public string Status(string jobId) => $"{JobCalls(jobId)}/status";

    /// <summary>A page with a query; names and values are escaped, and those without a value are left out.</summary>
    public static string With(string page, params ReadOnlySpan<(string Name, string? Value)> query)
    {
        var text = QueryString.Empty;
        foreach (var (name, value) in query)
            if (!string.IsNullOrEmpty(value))
                text = text.Add(name, value);
        return page + text;
    }

    private string JobCalls(string jobId) => $"{Base}/api/training/local/{Uri.EscapeDataString(jobId)}";
}
