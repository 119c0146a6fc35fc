using Podium.Server.Tests.Material;

namespace Podium.Server.Tests.Health;

public sealed class HealthTests
{
    [Fact]
    public async Task Health_ServerThatRuns_IsOkWithoutAToken()
    {
        await using var server = await RunningServer.StartAsync();
        server.Client.DefaultRequestHeaders.Authorization = null;

        (await server.GetAsync("/health")).GetProperty("status").GetString().ShouldBe("ok");
        (await server.Client.GetStringAsync("/version", TestContext.Current.CancellationToken)).ShouldMatch(@"^\d+\.\d+\.\d+");
    }
}
