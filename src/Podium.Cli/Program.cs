using Podium.Cli.CommandLine;

return PodiumCommand.Run(args);
