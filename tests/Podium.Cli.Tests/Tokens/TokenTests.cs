using Podium.Cli.Tests.Material;
using Podium.Cli.Tests.Serving;

namespace Podium.Cli.Tests.Tokens;

public sealed class TokenTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Add_Viewer_PrintsTheSecretAloneAndItReadsButMayNotChange()
    {
        var run = (await server.PodiumAsync("token", "add", "anna", "--role", "viewer", "--expires", "30d")).ShouldExitWith(0);

        var secret = run.Output.TrimEnd('\n');
        secret.ShouldNotContain(" ");
        run.Error.ShouldContain("'anna' has the role viewer, until ");
        run.Error.ShouldNotContain(secret);
        (await server.PodiumWithAsync(secret, "jobs")).ShouldExitWith(0);
        (await server.PodiumWithAsync(secret, "import", ".")).ShouldExitWith(1).Error.ShouldContain("role viewer, which may not do this");
        (await server.PodiumWithAsync(secret, "token", "list")).ShouldExitWith(1);
    }

    [Fact]
    public async Task Add_OfAJob_ReadsItAndKnowsOfNoOther()
    {
        foreach (var name in (string[])["mine", "other"])
        {
            MadeRun.Usual(server.Runs, name, evalLosses: [1.5, 1.1]);
            (await server.PodiumAsync("import", name, "--job-id", name)).ShouldExitWith(0);
        }

        var run = (await server.PodiumAsync("token", "add", "of-mine", "--job", "mine")).ShouldExitWith(0);

        run.Error.Unwrapped().ShouldContain("The token 'of-mine' is of the job 'mine' alone, until it is revoked.");
        var secret = run.Output.Trim();
        (await server.PodiumWithAsync(secret, "jobs", "mine")).ShouldExitWith(0);
        (await server.PodiumWithAsync(secret, "jobs", "other")).ShouldExitWith(1).Error.ShouldContain("'other'");
        (await server.PodiumAsync("token", "add", "of-none", "--job", "no-such-job")).ShouldExitWith(1).Error.ShouldContain("'no-such-job'");
    }

    [Fact]
    public async Task List_HasEveryTokenAndNoSecret()
    {
        var secret = (await server.PodiumAsync("token", "add", "listed", "--role", "operator")).ShouldExitWith(0).Output.Trim();

        var table = (await server.PodiumAsync("token", "list")).ShouldExitWith(0).Output;
        table.ShouldContain("listed");
        table.ShouldNotContain(secret);
        var listed = (await server.PodiumAsync("token", "list", "--format", "json")).Json().Items("tokens").Single(token => token.Text("name") == "listed");
        listed.Text("role").ShouldBe("operator");
        listed.Text("expires_at").ShouldBeNull();
        (await server.PodiumAsync("token", "list", "--format", "csv")).Output.ShouldStartWith("name,role,job_id,created_at,expires_at,last_used_at\n");
    }

    [Fact]
    public async Task Add_Expires_EndsThen()
    {
        var made = (await server.PodiumAsync("token", "add", "short", "--role", "operator", "--expires", "12h", "--format", "json")).ShouldExitWith(0).Json();

        (made.GetProperty("expires_at").GetDateTimeOffset() - made.GetProperty("created_at").GetDateTimeOffset()).TotalHours.ShouldBe(12, 0.1);
        made.Text("token").ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Revoke_Token_IsRefusedFromThenOn()
    {
        var secret = (await server.PodiumAsync("token", "add", "revoked", "--role", "viewer")).ShouldExitWith(0).Output.Trim();
        (await server.PodiumWithAsync(secret, "jobs")).ShouldExitWith(0);

        (await server.PodiumAsync("token", "revoke", "revoked")).ShouldExitWith(0).Output.ShouldContain("'revoked'");

        (await server.PodiumWithAsync(secret, "jobs")).ShouldExitWith(1).Error.ShouldContain("revoked or expired");
        (await server.PodiumAsync("token", "revoke", "revoked")).ShouldExitWith(1).Error.ShouldContain("There is no token 'revoked'");
    }

    [Fact]
    public async Task Add_NameThatIsTaken_ExitsWith1()
    {
        (await server.PodiumAsync("token", "add", "twice", "--role", "viewer")).ShouldExitWith(0);

        (await server.PodiumAsync("token", "add", "twice", "--role", "viewer")).ShouldExitWith(1).Error.ShouldContain("'twice' already");
    }

    [Theory]
    [InlineData("'someone'", "--role", "someone")]
    [InlineData("--expires", "--role", "viewer", "--expires", "soon")]
    [InlineData("--expires", "--role", "viewer", "--expires", "0d")]
    [InlineData("--role")]
    [InlineData("--job", "--role", "viewer", "--job", "some")]
    public async Task Add_WrongArguments_ExitsWith2(string says, params string[] arguments) =>
        (await server.PodiumAsync(["token", "add", "wrong", .. arguments])).ShouldExitWith(2).Error.ShouldContain(says);

    [Fact]
    public async Task Add_NameThatTheServerRefuses_ExitsWith2() => (await server.PodiumAsync("token", "add", "a:b", "--role", "viewer")).ShouldExitWith(2).Error.ShouldContain("'a:b'");
}
