using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Podium.Cli.Client;

/// <summary>Says in words of the command line what went wrong between here and the server.</summary>
internal static class ServerFailure
{
    /// <summary>What an answer that is no success means.</summary>
    /// <param name="address">Who was asked.</param>
    /// <param name="response">What was answered.</param>
    /// <param name="answer">Its body; null where that is no JSON.</param>
    public static ServerException Of(ServerAddress address, HttpResponseMessage response, JsonElement? answer)
    {
        var detail = answer is { ValueKind: JsonValueKind.Object } problem ? problem.Text("detail") ?? problem.Text("error") : null;
        var message = response.StatusCode switch
        {
            HttpStatusCode.Unauthorized when address.Token is null =>
                $"The server at {address} needs a token: set {ServerAddress.TokenVariable}. The administrator's is shown when the server starts for the first time, or stands in admin-token in its data folder; others are made with podium token add.",
            HttpStatusCode.Unauthorized => $"The server at {address} does not take the token in {ServerAddress.TokenVariable}: it is wrong, revoked or expired.",
            HttpStatusCode.ServiceUnavailable => $"The server at {address} cannot answer now: {detail ?? response.ReasonPhrase}",
            >= HttpStatusCode.Moved and < HttpStatusCode.BadRequest when response.Headers.Location is { } elsewhere =>
                $"{address} sends on to {elsewhere}. Set {ServerAddress.UrlVariable} to where the server is.",
            _ when detail is not null => detail,
            _ => $"{address} answered {(int)response.StatusCode}, and not as a Podium server does. Set {ServerAddress.UrlVariable} to where one is.",
        };
        return new ServerException(message, response.StatusCode);
    }

    /// <summary>Why there was no answer.</summary>
    public static ServerException Of(ServerAddress address, HttpRequestException failure) => new(failure.HttpRequestError switch
    {
        _ when failure.GetBaseException() is SocketException { SocketErrorCode: SocketError.ConnectionRefused } =>
            $"Nothing listens at {address}. Start a server with podium serve, or set {ServerAddress.UrlVariable} to where one is.",
        HttpRequestError.NameResolutionError => $"There is no machine '{address.Url.Host}'. Set {ServerAddress.UrlVariable} to where the server is.",
        HttpRequestError.SecureConnectionError => $"There is no secure connection to {address}: {failure.GetBaseException().Message}",
        _ => $"The server at {address} cannot be reached: {failure.GetBaseException().Message}",
    });
}
