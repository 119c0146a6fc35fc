using Microsoft.AspNetCore.Http.Metadata;

namespace Podium.Server.Access;

/// <summary>Other bytes than the usual ones for the body of an endpoint's requests; null: the endpoint counts for itself.</summary>
/// <example><code>routes.MapPut("/artifacts/{path}", Put).WithMetadata(new RequestSizeLimit(options.Limits.ArtifactBytes))</code></example>
internal sealed class RequestSizeLimit(long? bytes) : IRequestSizeLimitMetadata
{
    /// <inheritdoc/>
    public long? MaxRequestBodySize { get; } = bytes;
}
