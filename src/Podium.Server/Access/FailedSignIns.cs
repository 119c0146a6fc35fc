using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Podium.Server.Configuration;

namespace Podium.Server.Access;

/// <summary>Counts wrong tokens by address, and says when there were too many in a minute.</summary>
/// <remarks>
/// A made token cannot be guessed; one that somebody chose for <c>PODIUM_ADMIN_TOKEN</c> may be. And each wrong one costs a look
/// into the database.
/// </remarks>
internal sealed class FailedSignIns : IDisposable
{
    /// <summary>Seconds after which it is worth trying again.</summary>
    public const string RetryAfter = "60";

    private const int Ipv6NetworkBytes = 8;

    private readonly PartitionedRateLimiter<IPAddress> _limiter;

    public FailedSignIns(ServerOptions options) => _limiter = PartitionedRateLimiter.Create<IPAddress, IPAddress>(
        address => RateLimitPartition.GetFixedWindowLimiter(NetworkOf(address), _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = options.Limits.FailedSignInsPerMinute,
            Window = TimeSpan.FromMinutes(1),
        }));

    /// <summary>Whether too many came from where this request comes from.</summary>
    public bool IsExhausted(HttpContext context)
    {
        // Asking for nothing succeeds as long as there is something left.
        using var lease = _limiter.AttemptAcquire(AddressOf(context), permitCount: 0);
        return !lease.IsAcquired;
    }

    /// <summary>Counts one.</summary>
    public void Note(HttpContext context) => _limiter.AttemptAcquire(AddressOf(context)).Dispose();

    public void Dispose() => _limiter.Dispose();

    private static IPAddress AddressOf(HttpContext context) => context.Connection.RemoteIpAddress ?? IPAddress.None;

    /// <summary>One house has a whole network of the sixth version: it counts as one.</summary>
    private static IPAddress NetworkOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address;
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, Ipv6NetworkBytes, bytes.Length - Ipv6NetworkBytes);
        return new IPAddress(bytes);
    }
}
