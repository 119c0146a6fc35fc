using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Podium.Server.Configuration;
using Podium.Server.Tests.Material;

namespace Podium.Server.Tests.Wire;

/// <summary>Whatever is refused, and wherever: a client reads it in the form of its own protocol.</summary>
public sealed class ProtocolFormTests
{
    private const int TooManyRequests = 429;
    private const string MLflowRun = "/api/2.0/mlflow/runs/get?run_id=x";
    private const string Artifacts = "/api/2.0/mlflow-artifacts/artifacts?path=0/x/artifacts";
    private const string OpenAi = "/v1/fine_tuning/jobs";

    [Theory]
    [InlineData(MLflowRun)]
    [InlineData(Artifacts)]
    [InlineData("/api/2.0/mlflow/nothing-here")]
    [InlineData("/api/3.0/mlflow/server-info")]
    public async Task MLflow_WithoutATokenOrWithAWrongOne_IsUnauthenticated(string path)
    {
        await using var server = await RunningServer.StartAsync();
        foreach (var token in (string?[])[null, "podium_wrong"])
        {
            using var answer = await server.ClientWith(token).GetAsync(path, TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            answer.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer realm=\"podium\"");
            await ShouldBeMLflowsAsync(answer, "UNAUTHENTICATED");
        }
    }

    [Fact]
    public async Task MLflow_WithoutTheRoleOrOfAnotherJob_SaysSoInItsForm()
    {
        await using var server = await RunningServer.StartAsync();
        await server.PostAsync("/api/training/local/jobs", new { job_id = "other" });
        using var viewer = await (await server.ClientOfAsync("viewer")).PostAsJsonAsync("/api/2.0/mlflow/runs/create", new { experiment_id = "0" }, TestContext.Current.CancellationToken);
        viewer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        await ShouldBeMLflowsAsync(viewer, "PERMISSION_DENIED");

        using var job = await (await server.ClientOfJobAsync("mine")).GetAsync("/api/2.0/mlflow/runs/get?run_id=other", TestContext.Current.CancellationToken);
        job.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await ShouldBeMLflowsAsync(job, "RESOURCE_DOES_NOT_EXIST");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task MLflow_BodyThatIsTooLarge_NamesTheLimitAndItsOption(bool announced)
    {
        await using var server = await StartAsync(limits => limits with { BodyBytes = 1000 });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/2.0/mlflow/runs/log-batch") { Content = Json($"{{\"run_id\": \"{new string('a', 2000)}\"}}") };
        if (!announced) request.Headers.TransferEncodingChunked = true;
        using var answer = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        var message = await ShouldBeMLflowsAsync(answer, "INVALID_PARAMETER_VALUE");
        message.ShouldContain("1000 bytes");
        message.ShouldContain("limits.body_bytes");
    }

    [Fact]
    public async Task BeyondTheRate_EachProtocolSaysItInItsForm()
    {
        await using var server = await StartAsync(limits => limits with { RequestsPerSecond = 5 });
        foreach (var (path, role) in new[] { (MLflowRun, "viewer"), (OpenAi, "operator") })
        {
            var client = await server.ClientOfAsync(role);
            var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => client.GetAsync(path, TestContext.Current.CancellationToken)));
            var refused = answers.First(answer => (int)answer.StatusCode == TooManyRequests);
            refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
            if (path == MLflowRun) await ShouldBeMLflowsAsync(refused, "REQUEST_LIMIT_EXCEEDED");
            else await ShouldBeOpenAisAsync(refused, "rate_limit_exceeded");
            foreach (var answer in answers) answer.Dispose();
        }
    }

    [Fact]
    public async Task WrongTokensWithoutEnd_AreToldToWaitInTheForm()
    {
        await using var server = await StartAsync(limits => limits with { FailedSignInsPerMinute = 1 });
        await server.ClientWith("wrong").GetAsync(MLflowRun, TestContext.Current.CancellationToken);
        using var answer = await server.ClientWith("wrong").GetAsync(MLflowRun, TestContext.Current.CancellationToken);
        ((int)answer.StatusCode).ShouldBe(TooManyRequests);
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromMinutes(1));
        await ShouldBeMLflowsAsync(answer, "REQUEST_LIMIT_EXCEEDED");
    }

    [Fact]
    public async Task OpenAi_RefusalsBeforeTheHandler_AreInItsForm()
    {
        await using var server = await RunningServer.StartAsync();
        using var nobody = await server.ClientWith(null).GetAsync(OpenAi, TestContext.Current.CancellationToken);
        nobody.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await ShouldBeOpenAisAsync(nobody, "invalid_api_key");
        using var unknown = await server.Client.GetAsync("/v1/models/none/at/all", TestContext.Current.CancellationToken);
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await ShouldBeOpenAisAsync(unknown, "unknown_url");
        using var method = await server.Client.PostAsync(OpenAi, Json("{}"), TestContext.Current.CancellationToken);
        method.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        await ShouldBeOpenAisAsync(method, "method_not_supported");
    }

    [Fact]
    public async Task Native_Refusals_AreProblemsStill()
    {
        await using var server = await RunningServer.StartAsync();
        using var answer = await server.ClientWith(null).GetAsync("/api/training/local/jobs", TestContext.Current.CancellationToken);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    private static Task<RunningServer> StartAsync(Func<ServerLimits, ServerLimits> change) => RunningServer.StartAsync(options => options with { Limits = change(options.Limits) });

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static async Task<string> ShouldBeMLflowsAsync(HttpResponseMessage answer, string code)
    {
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        body.EnumerateObject().Select(field => field.Name).ShouldBe(["error_code", "message"]);
        body.GetProperty("error_code").GetString().ShouldBe(code);
        var message = body.GetProperty("message").GetString();
        message.ShouldNotBeNullOrEmpty();
        return message!;
    }

    private static async Task ShouldBeOpenAisAsync(HttpResponseMessage answer, string code)
    {
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        var error = (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("error");
        error.EnumerateObject().Select(field => field.Name).ShouldBe(["message", "type", "param", "code"]);
        error.GetProperty("code").GetString().ShouldBe(code);
        error.GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
    }
}
