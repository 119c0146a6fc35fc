using System.Net;
using System.Net.Sockets;
using Podium.Server.Configuration;

namespace Podium.Server.Access;

/// <summary>Whether the addresses to listen at are free: what the web server says of one that is not takes a page.</summary>
internal static class ListeningAddresses
{
    /// <summary>What to say of the first that is taken; null where all are free.</summary>
    public static string? FaultOf(ServerOptions options)
    {
        foreach (var url in options.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var address = Microsoft.AspNetCore.Http.BindingAddress.Parse(url);
            if (!address.IsUnixPipe && address.Port != 0 && IsTaken(AddressOf(address.Host), address.Port))
                return $"--urls: another program listens at {url}; perhaps a podium-server runs there already. Stop it, or give another address.";
        }

        return null;
    }

    private static IPAddress AddressOf(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback
        : IPAddress.TryParse(host, out var address) ? address
        : IPAddress.Any;

    private static bool IsTaken(IPAddress address, int port)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, port));
            return false;
        }
        catch (SocketException failure)
        {
            // Any other trouble the web server tells itself.
            return failure.SocketErrorCode == SocketError.AddressAlreadyInUse;
        }
    }
}
