using Podium.Server.Comparing;
using Podium.Server.Importing;
using Podium.Server.Listing;
using Podium.Server.Logs;
using Podium.Server.Metrics;
using Podium.Server.OpenAi;

namespace Podium.Server.Jobs;

/// <summary>Podium's own calls, put together, and those of OpenAI's protocol that read the same jobs.</summary>
internal static class TrainingApi
{
    public static void AddTraining(this IServiceCollection services)
    {
        services.AddSingleton<SeriesLimit>();
        services.AddSingleton<Sparklines>();
        services.AddSingleton<BestValues>();
        services.AddSingleton<JobLimit>();
        services.AddSingleton<ComparedJobs>();
        services.AddSingleton<JobStatuses>();
        services.AddSingleton<FolderIntake>();
        services.AddSingleton<FolderImport>();
        services.AddSingleton<RunSearch>();
        services.AddSingleton<OutputFolder>();
        services.AddSingleton<Listings>();
        services.AddSingleton<JobLogs>();
        services.AddHostedService(provider => provider.GetRequiredService<Listings>());
        services.AddHostedService<FirstLook>();
    }

    public static void MapTraining(this IEndpointRouteBuilder routes)
    {
        routes.MapJobs();
        routes.MapMetrics();
        routes.MapSeries();
        routes.MapBestValues();
        routes.MapListing();
        routes.MapLogs();
        routes.MapImport();
        routes.MapLater();
        routes.MapOpenAi();
    }
}
