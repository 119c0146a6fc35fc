using System.Net.Http.Headers;
using System.Text;

namespace Podium.Server.Access;

/// <summary>What a request shows to be let in.</summary>
/// <param name="Secret">The token's secret.</param>
/// <param name="Name">The name that must be the token's, where one came with it.</param>
/// <param name="IsCookie">Whether it came in a cookie.</param>
internal readonly record struct Presented(string Secret, string? Name, bool IsCookie)
{
    public const string Bearer = "Bearer";

    public const string Basic = "Basic";

    /// <summary>Reads a request. A header alone counts where there is one: whoever sets it does not mean the cookie.</summary>
    /// <returns>Null where it shows nothing, or nothing that can be read.</returns>
    public static Presented? By(HttpRequest request, SignInCookie cookie)
    {
        if (request.Headers.Authorization is not [{ Length: > 0 } header])
            return request.Headers.Authorization.Count == 0 && cookie.Read(request) is { } kept ? new Presented(kept, null, IsCookie: true) : null;
        if (!AuthenticationHeaderValue.TryParse(header, out var told) || string.IsNullOrEmpty(told.Parameter)) return null;
        if (told.Scheme.Equals(Bearer, StringComparison.OrdinalIgnoreCase)) return new Presented(told.Parameter, null, IsCookie: false);
        return told.Scheme.Equals(Basic, StringComparison.OrdinalIgnoreCase) ? OfBasic(told.Parameter) : null;
    }

    /// <summary>A user name and a password: a token's name and its secret.</summary>
    private static Presented? OfBasic(string encoded)
    {
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length)) return null;
        var text = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : new Presented(text[(colon + 1)..], text[..colon], IsCookie: false);
    }
}
