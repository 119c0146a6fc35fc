using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Podium.Server.Configuration;
using Podium.Server.Wire;

namespace Podium.Server.Access;

/// <summary>How many requests a second one token may make; without a token, one address.</summary>
internal static class RequestRates
{
    private const int PeriodsPerSecond = 10;

    public static void AddRequestRates(this IServiceCollection services, ServerLimits limits) => services.AddRateLimiter(rates =>
    {
        rates.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetTokenBucketLimiter(
            KeyOf(context),
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = limits.RequestsPerSecond,
                TokensPerPeriod = Math.Max(1, limits.RequestsPerSecond / PeriodsPerSecond),
                ReplenishmentPeriod = TimeSpan.FromSeconds(Math.Max(1.0 / PeriodsPerSecond, 1.0 / limits.RequestsPerSecond)),
                QueueLimit = 0,
            }));
        rates.OnRejected = static async (rejected, _) =>
        {
            rejected.HttpContext.Response.Headers.RetryAfter = "1";
            var limits = rejected.HttpContext.RequestServices.GetRequiredService<ServerOptions>().Limits;
            var most = limits.RequestsPerSecond.ToString(CultureInfo.InvariantCulture);
            await Problems.Of(StatusCodes.Status429TooManyRequests, $"More than {most} requests a second. Try again in a second.").ExecuteAsync(rejected.HttpContext);
        };
    });

    // No token's name begins so.
    private static string KeyOf(HttpContext context) => context.CallerOrNull()?.Name ?? $"/{context.Connection.RemoteIpAddress ?? IPAddress.None}";
}
