using System.Text.Json;

namespace Podium.Server.Listing;

/// <summary>What was asked of a listing, besides the job: by it an answer is known again.</summary>
/// <param name="Ranking">How it is ranked; see <see cref="AskedRanking.Question"/>.</param>
/// <param name="IsExplained">Whether it has reasons.</param>
/// <param name="IsInOldForm">Whether it has the fields that the old system's clients read.</param>
internal readonly record struct ListingQuestion(string Ranking, bool IsExplained = false, bool IsInOldForm = false);

/// <summary>A listing as pages read it, and the bytes of the same one as programs do.</summary>
internal sealed class KeptListing(CheckpointListing listing, JsonSerializerOptions json)
{
    private readonly Lazy<byte[]> _bytes = new(() => JsonSerializer.SerializeToUtf8Bytes(listing, json));

    public CheckpointListing Listing { get; } = listing;

    /// <summary>Its JSON, which is made when it is first asked for.</summary>
    public byte[] Bytes => _bytes.Value;
}
