using Podium.Ranking;

namespace Podium.Core.Tests.Material;

internal static class RankingExtensions
{
    public static long?[] Order(this RunRanking ranking) => [.. ranking.Checkpoints.Select(ranked => (long?)ranked.Checkpoint.Step)];

    public static long? BestStep(this RunRanking ranking) => ranking.Best?.Checkpoint.Step;

    public static string[] WarningCodes(this RunRanking ranking) => [.. ranking.Warnings.Select(warning => warning.Code)];

    public static string Warning(this RunRanking ranking, string code) => ranking.Warnings.Single(warning => warning.Code == code).Message;
}
