using System.Net;

namespace Podium.Cli.Client;

/// <summary>The server cannot be reached, or does not do what was asked; its message says why, and what would help.</summary>
/// <param name="message">The message.</param>
/// <param name="status">What the server answered; null where it answered nothing.</param>
internal sealed class ServerException(string message, HttpStatusCode? status = null) : Exception(message)
{
    /// <summary>What the server answered; null where it answered nothing.</summary>
    public HttpStatusCode? Status { get; } = status;

    /// <summary>What the process ends with: what the server finds wrong with a request was typed wrongly.</summary>
    public int ExitCode => Status == HttpStatusCode.BadRequest ? Cli.ExitCode.WrongArguments : Cli.ExitCode.Failed;
}
