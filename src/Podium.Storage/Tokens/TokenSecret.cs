using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Podium.Storage.Tokens;

/// <summary>Makes tokens' secrets, and the hashes by which they are kept.</summary>
/// <remarks>
/// A secret has 256 random bits, so that nobody can try them all, whatever a single try costs. A slow hash is for passwords,
/// which people choose; here it would only make every request slow. SHA-256 is enough, and an index finds it: what a search
/// takes longer or shorter by says something about the hash, from which no way leads to the secret.
/// </remarks>
internal static class TokenSecret
{
    /// <summary>By it, programs that look for leaked secrets know one of ours.</summary>
    private const string Prefix = "podium_";

    private const int Bytes = 32;

    /// <summary>A new secret, fit for headers, addresses and shells.</summary>
    public static string Create() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>What is kept of a secret.</summary>
    public static string HashOf(string secret)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(secret), hash);
        return Convert.ToHexStringLower(hash);
    }
}
