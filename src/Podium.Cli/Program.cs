using Podium.Cli.CommandLine;

return await PodiumCommand.RunAsync(args).ConfigureAwait(false);
