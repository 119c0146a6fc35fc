namespace Podium.Cli.CommandLine;

/// <summary>The arguments ask for something that cannot be; its message says what would be right.</summary>
internal sealed class UsageException(string message) : Exception(message);
