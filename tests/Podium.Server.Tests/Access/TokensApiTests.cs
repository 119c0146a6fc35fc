using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Podium.Server.Tests.Material;

namespace Podium.Server.Tests.Access;

public sealed class TokensApiTests
{
    [Fact]
    public async Task Post_ANewToken_WorksUntilItIsRevoked()
    {
        await using var server = await RunningServer.StartAsync();

        using var made = await server.Client.PostAsJsonAsync("/api/tokens", new { name = "alice", role = "viewer", expires_at = "2199-01-01T00:00:00Z" });
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        var answer = await made.Content.ReadFromJsonAsync<JsonElement>();
        answer.GetProperty("expires_at").GetString().ShouldBe("2199-01-01T00:00:00Z");
        var alice = server.ClientWith(answer.GetProperty("token").GetString());
        (await alice.GetAsync("/api/session")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await alice.GetAsync("/api/tokens")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        var listed = await server.Client.GetStringAsync("/api/tokens");
        listed.ShouldContain("\"alice\"");
        listed.ShouldNotContain("podium_");

        (await server.Client.DeleteAsync("/api/tokens/alice")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await alice.GetAsync("/api/session")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await server.Client.DeleteAsync("/api/tokens/alice")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await server.Client.DeleteAsync("/api/tokens/admin")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Post_ATokenOfAJob_IsListedWithTheJob()
    {
        await using var server = await RunningServer.StartAsync();
        var first = await server.ClientOfJobAsync("a");

        using var made = await server.Client.PostAsJsonAsync("/api/tokens", new { name = "a-second", role = "job", job_id = "a" });
        made.StatusCode.ShouldBe(HttpStatusCode.Created);

        var tokens = (await server.GetAsync("/api/tokens?job_id=a")).GetProperty("tokens").EnumerateArray().Select(token => token.GetProperty("name").GetString());
        tokens.ShouldBe(["a-second", "job-a"]);
        (await first.GetAsync("/api/session")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("""{"role":"viewer"}""", "name:", 400)]
    [InlineData("""{"name":"a b","role":"viewer"}""", "name:", 400)]
    [InlineData("""{"name":"a:b","role":"viewer"}""", "name:", 400)]
    [InlineData("""{"name":"job-a","role":"viewer"}""", "name:", 400)]
    [InlineData("""{"name":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","role":"viewer"}""", "name: 40 characters are too many; 20 is the most (limits.name_length", 400)]
    [InlineData("""{"name":"admin","role":"viewer"}""", "name:", 409)]
    [InlineData("""{"name":"a"}""", "role:", 400)]
    [InlineData("""{"name":"a","role":"Viewer"}""", "role:", 400)]
    [InlineData("""{"name":"a","role":"job"}""", "job_id:", 400)]
    [InlineData("""{"name":"a","role":"viewer","job_id":"a"}""", "job_id:", 400)]
    [InlineData("""{"name":"a","role":"job","job_id":"none"}""", "There is no job 'none'.", 404)]
    [InlineData("""{"name":"a","role":"viewer","expires_at":"2001-01-01T00:00:00Z"}""", "expires_at:", 400)]
    [InlineData("""{"name":"a","role":""", "body", 400)]
    public async Task Post_WhatCannotBe_SaysWhichFieldIsWrong(string body, string fault, int status)
    {
        await using var server = await RunningServer.StartAsync(options => options with { Limits = options.Limits with { NameLength = 20 } });

        using var answer = await server.Client.PostAsync("/api/tokens", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        ((int)answer.StatusCode).ShouldBe(status);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetString()!.ShouldContain(fault);
    }
}
