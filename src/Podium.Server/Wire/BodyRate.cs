using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Podium.Server.Wire;

/// <summary>How slowly a body may come. The web server's own bound ends whatever brings less than 240 bytes a second after five seconds.</summary>
/// <remarks>For calls whose caller is known alone: it is that bound which keeps strangers from holding connections.</remarks>
internal static class BodyRate
{
    private const double BytesPerSecond = 240;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Takes a body that has no pace: a trainer writes a line when there is something to tell, which may be an hour later.</summary>
    public static void Any(HttpContext http)
    {
        if (Of(http) is { } rate) rate.MinDataRate = null;
    }

    /// <summary>Takes a file whose sender may have to wait for its own disk first, or for a network that is busy with others' files.</summary>
    public static void Patient(HttpContext http)
    {
        // Over HTTP/2 the bound is the connection's, and cannot be set for one of its requests.
        if (HttpProtocol.IsHttp11(http.Request.Protocol) && Of(http) is { } rate) rate.MinDataRate = new MinDataRate(BytesPerSecond, Patience);
    }

    private static IHttpMinRequestBodyDataRateFeature? Of(HttpContext http) => http.Features.Get<IHttpMinRequestBodyDataRateFeature>();
}
