using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Podium.Pages.Tests.Browsing;

/// <summary>What must happen on no page: errors in the console or in scripts, breaches of the content policy, answers of 500 and above, files from elsewhere, dialogs.</summary>
internal sealed class PageFaults
{
    /// <summary>Breaches that the browser itself would only tell a report address of.</summary>
    private const string TellsOfBreaches = """
        addEventListener("securitypolicyviolation", e => console.error(`Content policy: ${e.effectiveDirective} refused ${e.blockedURI} (${e.sourceFile}:${e.lineNumber})`));
        """;

    private readonly ConcurrentQueue<string> _faults = [];
    private readonly List<Regex> _expected = [];
    private readonly Uri _server;

    private PageFaults(Uri server) => _server = server;

    /// <summary>Watches all pages of a context.</summary>
    public static async Task<PageFaults> WatchAsync(IBrowserContext context, Uri server)
    {
        var faults = new PageFaults(server);
        context.Console += faults.OnConsole;
        context.WebError += (_, error) => faults.Add(error.Page, $"script: {error.Error}");
        context.Response += faults.OnResponse;
        context.Request += faults.OnRequest;
        context.Dialog += faults.OnDialog;
        await context.AddInitScriptAsync(TellsOfBreaches);
        return faults;
    }

    /// <summary>Lets a fault pass: the test makes it happen.</summary>
    public void Expect(string pattern) => _expected.Add(new Regex(pattern, RegexOptions.None, TimeSpan.FromSeconds(1)));

    /// <summary>Waits until what the pages have said so far has come here: it comes in order, and so before an answer.</summary>
    public static async Task CatchUpAsync(IBrowserContext context)
    {
        foreach (var page in context.Pages)
        {
            try
            {
                await page.EvaluateAsync("() => 0");
            }
            catch (PlaywrightException)
            {
                // It is on its way to another page, or gone.
            }
        }
    }

    /// <summary>Those that no test expected.</summary>
    public IEnumerable<string> Unexpected() => _faults.Where(fault => !_expected.Exists(pattern => pattern.IsMatch(fault))).Distinct(StringComparer.Ordinal);

    private void OnConsole(object? sender, IConsoleMessage message)
    {
        if (message.Type is "error" or "assert") Add(message.Page, $"console: {message.Text} ({message.Location})");
    }

    private void OnResponse(object? sender, IResponse response)
    {
        if (response.Status >= 500) _faults.Enqueue($"answer: {response.Status} to {response.Request.Method} {response.Url}");
    }

    private void OnRequest(object? sender, IRequest request)
    {
        var url = new Uri(request.Url);
        if (url.Scheme is "http" or "https" && url.Authority != _server.Authority) _faults.Enqueue($"elsewhere: {request.Url}");
    }

    private void OnDialog(object? sender, IDialog dialog)
    {
        Add(dialog.Page, $"dialog: {dialog.Type} {dialog.Message}");
        // Nobody is there to answer, and the page waits for it.
        _ = dialog.DismissAsync();
    }

    private void Add(IPage? page, string fault) => _faults.Enqueue($"{fault} on {page?.Url}");
}
