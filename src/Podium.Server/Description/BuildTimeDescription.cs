using System.Reflection;
using Podium.Server.Configuration;

namespace Podium.Server.Description;

/// <summary>Lets the build ask the program for the description of its API.</summary>
/// <remarks>The build's tool runs the program with arguments of its own. Services that would do something are left out, so that no database is opened.</remarks>
internal static class BuildTimeDescription
{
    /// <summary>Whether it is the build that started the program.</summary>
    public static bool IsAskedFor => Assembly.GetEntryAssembly()?.GetName().Name == "GetDocument.Insider";

    /// <summary>Makes the application, of which the tool takes what it needs.</summary>
    public static async Task<int> RunAsync()
    {
        await using var app = PodiumServer.Create(new ServerOptions(), static builder =>
        {
            // The web server's own stays: it puts calls together, of which the description is made.
            foreach (var started in builder.Services.Where(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Name != "GenericWebHostService").ToArray())
                builder.Services.Remove(started);
        });
        await app.RunAsync();
        return 0;
    }
}
