namespace Podium.Server.Operations;

/// <summary>What those who run the server need: logs, measurements, an end in good order, and jobs that fell silent.</summary>
internal static class OperationServices
{
    // What was begun is finished; a service manager that waits longer before it kills need not.
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(20);

    public static void AddOperations(this IServiceCollection services)
    {
        services.Configure<HostOptions>(static host => host.ShutdownTimeout = LongestStop);
        services.AddHostedService<Telemetry>();
        services.AddHostedService<RankingLog>();
        services.AddHostedService<SilentJobs>();
    }
}
