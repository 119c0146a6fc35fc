return await Podium.Server.PodiumServer.RunAsync(args);
