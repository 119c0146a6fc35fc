using Podium.Cli.Client;

namespace Podium.Cli.Jobs;

/// <summary>Where the server has jobs.</summary>
internal static class JobPath
{
    public const string Root = "/api/training/local";

    public const string All = $"{Root}/jobs";

    /// <summary>Where one job is.</summary>
    public static string Of(string job) => $"{Root}/{PodiumClient.Part(job, "job")}";
}
