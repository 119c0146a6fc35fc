using Podium.Server.Pages.Assets;
using Podium.Server.Pages.Shell;

namespace Podium.Server.Pages;

/// <summary>The pages for people, put together.</summary>
/// <remarks>
/// Each page is made here, from what the API answers with, whenever it is asked for. Nothing of a visit stays in memory: any server
/// of a database can make the next page.
/// </remarks>
internal static class PagesApp
{
    public static void AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddHttpContextAccessor();
        services.AddScoped<PageLinks>();
        services.AddSingleton<BrowserFiles>();
        // Before the usual form: somebody reads it.
        services.AddSingleton<IProblemDetailsWriter, ProblemPages>();
    }

    public static void MapPages(this WebApplication app)
    {
        app.MapBrowserFiles();
        app.MapRazorComponents<Document>();
    }
}
