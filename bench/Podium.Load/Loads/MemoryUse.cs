using Podium.Load.Client;
using Podium.Load.Server;

namespace Podium.Load.Loads;

/// <summary>What the server takes of the memory when it has taken in very much.</summary>
internal static class MemoryUse
{
    private const int Points = 10_000_000;

    public static async Task RunAsync(ServerProcess server)
    {
        Table.Begin("Memory", "", "now MB", "at most MB");
        await server.RestartAsync();
        Table.Row("just started", server.Megabytes("VmRSS"), server.Megabytes("VmHWM"));
        var jobs = await Jobs.MakeAsync(server.Address, "memory", 8);
        using var crowd = new Crowd(server.Address, jobs.Select(job => Bodies.Report(server.Address, ServerProcess.Token, job, 250, Bodies.Usual)));
        await crowd.SendAsync(Points / 1000 / jobs.Length);
        Table.Row("after 10,000,000 points from 8 connections", server.Megabytes("VmRSS"), server.Megabytes("VmHWM"));
    }
}
