using System.Net;
using Podium.Server.Tests.Material;

namespace Podium.Server.Tests.Pages;

/// <summary>Pages that change something are for those who may, also where somebody posts without having seen a form.</summary>
public sealed class PageAccessTests
{
    [Theory]
    [InlineData("viewer", "/tokens")]
    [InlineData("operator", "/tokens")]
    [InlineData("operator", "/tokens/revoke?name=admin")]
    [InlineData("viewer", "/import")]
    [InlineData("viewer", "/import/found")]
    public async Task Page_RoleThatMayNot_IsRefusedWithWhatToDo(string role, string path)
    {
        await using var server = await RunningServer.StartAsync();
        var client = await server.ClientOfAsync(role);
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");

        var seen = await client.GetAsync(path, TestContext.Current.CancellationToken);
        var posted = await client.PostAsync(path, new FormUrlEncodedContent([new("_handler", "add-token"), new("name", "mine"), new("role", "admin")]), TestContext.Current.CancellationToken);

        seen.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await seen.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("sign in with a token that may");
        posted.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await server.Storage.Tokens.FindByNameAsync("mine", TestContext.Current.CancellationToken)).ShouldBeNull();
    }

    [Fact]
    public async Task Tokens_PostedWithoutTheFormsOwnToken_MakesNothing()
    {
        await using var server = await RunningServer.StartAsync();
        server.Client.DefaultRequestHeaders.Accept.ParseAdd("text/html");

        var posted = await server.Client.PostAsync("/tokens", new FormUrlEncodedContent([new("_handler", "add-token"), new("name", "mine"), new("role", "admin")]), TestContext.Current.CancellationToken);

        posted.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await server.Storage.Tokens.FindByNameAsync("mine", TestContext.Current.CancellationToken)).ShouldBeNull();
    }

    [Theory]
    [InlineData("/jobs/nothere/logs")]
    [InlineData("/jobs/nothere/config")]
    [InlineData("/jobs/nothere/events")]
    [InlineData("/tokens/revoke?name=nobody")]
    public async Task Page_OfWhatIsNotThere_IsNotFound(string path)
    {
        await using var server = await RunningServer.StartAsync();
        server.Client.DefaultRequestHeaders.Accept.ParseAdd("text/html");

        (await server.Client.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
