using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Podium.Server.Access;
using Podium.Server.Tests.Material;

namespace Podium.Server.Tests.Access;

public sealed class RoleTests
{
    private static readonly string[] Paths = ["/t/read", "/t/report", "/t/operate", "/t/administer", "/t/nothing-said"];

    [Theory]
    [InlineData(null, 401, 401, 401, 401, 401)]
    [InlineData("wrong", 401, 401, 401, 401, 401)]
    [InlineData("viewer", 200, 403, 403, 403, 200)]
    [InlineData("operator", 200, 200, 200, 403, 200)]
    [InlineData("admin", 200, 200, 200, 200, 200)]
    [InlineData("job", 200, 200, 403, 403, 403)]
    public async Task Get_WithARole_IsLetInWhereTheRoleMay(string? role, params int[] expected)
    {
        await using var server = await StartAsync();
        var client = role switch
        {
            null => server.ClientWith(null),
            "wrong" => server.ClientWith("podium_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
            "admin" => server.Client,
            "job" => await server.ClientOfJobAsync("a"),
            _ => await server.ClientOfAsync(role),
        };

        foreach (var (path, status) in Paths.Zip(expected))
        {
            using var answer = await client.GetAsync(path);
            ((int)answer.StatusCode).ShouldBe(status, path);
            if (status == 200) continue;
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
            var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
            problem.GetProperty("error").GetString().ShouldBe(problem.GetProperty("detail").GetString());
            problem.GetProperty("status").GetInt32().ShouldBe(status);
            if (status == 401) answer.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer realm=\"podium\"");
        }
    }

    [Theory]
    [InlineData("GET", "a", "job", 200)]
    [InlineData("POST", "a", "job", 200)]
    [InlineData("GET", "b", "job", 404)]
    [InlineData("POST", "b", "job", 404)]
    [InlineData("GET", "never-made", "job", 404)]
    [InlineData("GET", "b", "viewer", 200)]
    [InlineData("POST", "b", "viewer", 403)]
    [InlineData("POST", "b", "operator", 200)]
    public async Task OfJob_ATokenOfAnotherJob_FindsNoJob(string method, string job, string role, int expected)
    {
        await using var server = await StartAsync();
        var client = role == "job" ? await server.ClientOfJobAsync("a") : await server.ClientOfAsync(role);

        using var answer = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), $"/t/jobs/{job}"));

        ((int)answer.StatusCode).ShouldBe(expected);
        if (expected == 404) (await answer.Content.ReadAsStringAsync()).ShouldContain($"There is no job '{job}'.");
    }

    [Fact]
    public async Task Basic_NameAndSecret_IsTakenAndAnotherNameIsNot()
    {
        await using var server = await StartAsync();
        var secret = await server.SecretOfAsync("viewer");

        (await StatusAsync("viewer", secret)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync("admin", secret)).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync("", secret)).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync("admin", RunningServer.AdminToken)).ShouldBe(HttpStatusCode.OK);

        async Task<HttpStatusCode> StatusAsync(string name, string password)
        {
            var client = server.ClientWith(null);
            client.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}")));
            using var answer = await client.GetAsync("/t/read");
            if (answer.StatusCode == HttpStatusCode.Unauthorized) answer.Headers.WwwAuthenticate.ToString().ShouldStartWith("Basic");
            return answer.StatusCode;
        }
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Basic not-base64!")]
    [InlineData("Basic bm9jb2xvbg==")]
    [InlineData("Digest username=\"admin\"")]
    [InlineData("nonsense")]
    [InlineData("Bearer test-admin-token-0123456789 ")]
    public async Task Header_ThatIsMalformed_IsRefusedAndNoFault(string header)
    {
        await using var server = await StartAsync();
        var client = server.ClientWith(null);
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);

        using var answer = await client.GetAsync("/t/read");

        answer.StatusCode.ShouldBe(header.Contains(RunningServer.AdminToken, StringComparison.Ordinal) ? HttpStatusCode.OK : HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Caller_InAHandler_IsWhoCalls()
    {
        await using var server = await StartAsync();

        (await (await server.ClientOfJobAsync("a")).GetStringAsync("/t/who")).ShouldBe("job-a Job a");
        (await server.Client.GetStringAsync("/t/who")).ShouldBe("admin Admin ");
    }

    [Fact]
    public async Task AddressWithoutAnEndpoint_IsHiddenFromStrangersAndNotFoundForOthers()
    {
        await using var server = await StartAsync();

        (await server.ClientWith(null).GetAsync("/api/nothing-here")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var answer = await server.Client.GetAsync("/api/nothing-here");
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("\"error\":\"There is nothing at this address.\"");
    }

    private static Task<RunningServer> StartAsync() => RunningServer.StartAsync(map: app =>
    {
        app.MapGet("/t/read", () => "ok").RequireAuthorization(Policies.Read);
        app.MapGet("/t/report", () => "ok").RequireAuthorization(Policies.Report);
        app.MapGet("/t/operate", () => "ok").RequireAuthorization(Policies.Operate);
        app.MapGet("/t/administer", () => "ok").RequireAuthorization(Policies.Administer);
        app.MapGet("/t/nothing-said", () => "ok");
        app.MapGet("/t/who", (Caller caller, HttpContext context) => $"{context.Caller().Name} {caller.Role} {caller.JobId}").RequireAuthorization(Policies.Read);
        app.MapMethods("/t/jobs/{job_id}", ["GET", "POST"], (string job_id) => job_id).RequireAuthorization(Policies.Read).OfJob();
    });
}
