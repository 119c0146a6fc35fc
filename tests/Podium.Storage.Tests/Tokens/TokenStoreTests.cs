using Dapper;
using Podium.Storage.Databases;
using Podium.Storage.Jobs;
using Podium.Storage.Tests.Material;
using Podium.Storage.Tokens;

namespace Podium.Storage.Tests.Tokens;

public sealed class TokenStoreTests
{
    private readonly MovableClock _clock = new();

    public static TheoryData<Engine> Engines => [Engine.Sqlite, Engine.Postgres];

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Find_ASecretThatWasMade_IsItsTokenAndNoOther(Engine engine)
    {
        using var database = new TestDatabase(engine);
        await using var storage = Open(database);

        var secret = (await storage.Tokens.AddAsync(Token("alice", TokenRole.Operator)))!;
        var other = (await storage.Tokens.AddAsync(Token("bob")))!;

        secret.ShouldMatch("^podium_[A-Za-z0-9_-]{43}$");
        other.ShouldNotBe(secret);
        var found = (await storage.Tokens.FindAsync(secret, default))!;
        found.Name.ShouldBe("alice");
        found.Role.ShouldBe(TokenRole.Operator);
        found.CreatedAt.ShouldBe(_clock.GetUtcNow().ToUnixTimeMilliseconds());
        (await storage.Tokens.FindAsync(secret[..^1], default)).ShouldBeNull();
        (await storage.Tokens.FindAsync("", default)).ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Add_ANameThatIsThere_LeavesTheFirst(Engine engine)
    {
        using var database = new TestDatabase(engine);
        await using var storage = Open(database);

        var first = (await storage.Tokens.AddAsync(Token("alice")))!;
        (await storage.Tokens.AddAsync(Token("alice", TokenRole.Admin))).ShouldBeNull();

        (await storage.Tokens.FindAsync(first, default))!.Role.ShouldBe(TokenRole.Viewer);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Table_AfterTokensWereMade_HoldsNoSecret(Engine engine)
    {
        using var database = new TestDatabase(engine);
        string secret;
        await using (var storage = Open(database)) secret = (await storage.Tokens.AddAsync(Token("alice")))!;

        await using var opened = database.Open();
        await using var connection = await opened.OpenReaderAsync(default);
        var row = (IDictionary<string, object?>)await connection.QuerySingleAsync("SELECT * FROM tokens");

        row["hash"].ShouldBeOfType<string>().Length.ShouldBe(64);
        row.Values.OfType<string>().ShouldAllBe(text => !text.Contains(secret.Substring(7), StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Revoke_ATokenInUse_IsOutAtOnceHereAndWithinSecondsElsewhere(Engine engine)
    {
        using var database = new TestDatabase(engine);
        await using var here = Open(database);
        await using var elsewhere = Open(database);
        var secret = (await here.Tokens.AddAsync(Token("alice")))!;
        (await here.Tokens.FindAsync(secret, default)).ShouldNotBeNull();
        (await elsewhere.Tokens.FindAsync(secret, default)).ShouldNotBeNull();
        here.Tokens.IsInUse(secret).ShouldBeTrue();

        (await here.Tokens.RevokeAsync("alice")).ShouldBe(Revocation.Done);

        (await here.Tokens.FindAsync(secret, default)).ShouldBeNull();
        here.Tokens.IsInUse(secret).ShouldBeFalse();
        (await elsewhere.Tokens.FindAsync(secret, default)).ShouldNotBeNull();
        _clock.GoOn(TokenCache.FreshFor);
        (await elsewhere.Tokens.FindAsync(secret, default)).ShouldBeNull();
        (await here.Tokens.RevokeAsync("alice")).ShouldBe(Revocation.NotThere);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Revoke_TheLastAdministrator_IsRefused(Engine engine)
    {
        using var database = new TestDatabase(engine);
        await using var storage = Open(database);
        await storage.Tokens.SetAdministratorAsync("set-by-the-environment");
        await storage.Tokens.AddAsync(Token("expired", TokenRole.Admin) with { ExpiresAt = 1 });

        (await storage.Tokens.RevokeAsync(TokenStore.AdministratorName)).ShouldBe(Revocation.LastAdministrator);
        await storage.Tokens.AddAsync(Token("carol", TokenRole.Admin));
        (await storage.Tokens.RevokeAsync(TokenStore.AdministratorName)).ShouldBe(Revocation.Done);
        (await storage.Tokens.RevokeAsync("carol")).ShouldBe(Revocation.LastAdministrator);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Find_AfterTheTokenExpired_IsNothing(Engine engine)
    {
        using var database = new TestDatabase(engine);
        await using var storage = Open(database);
        var secret = (await storage.Tokens.AddAsync(Token("alice") with { ExpiresAt = _clock.GetUtcNow().AddSeconds(1).ToUnixTimeMilliseconds() }))!;
        (await storage.Tokens.FindAsync(secret, default)).ShouldNotBeNull();

        _clock.GoOn(TimeSpan.FromSeconds(1));

        (await storage.Tokens.FindAsync(secret, default)).ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task LastUse_OfATokenUsedOften_IsWrittenOnceAMinute(Engine engine)
    {
        using var database = new TestDatabase(engine);
        string secret;
        await using (var storage = Open(database))
        {
            secret = (await storage.Tokens.AddAsync(Token("alice")))!;
            (await storage.Tokens.ListAsync(null, default)).ShouldHaveSingleItem().LastUsedAt.ShouldBeNull();
            await storage.Tokens.FindAsync(secret, default);
            _clock.GoOn(TimeSpan.FromSeconds(30));
            await storage.Tokens.FindAsync(secret, default);
        }

        var first = new MovableClock().GetUtcNow();
        await using (var storage = Open(database))
        {
            (await storage.Tokens.ListAsync(null, default))[0].LastUsedAt.ShouldBe(first.ToUnixTimeMilliseconds());
            _clock.GoOn(TimeSpan.FromSeconds(30));
            await storage.Tokens.FindAsync(secret, default);
        }

        await using (var storage = Open(database))
            (await storage.Tokens.ListAsync(null, default))[0].LastUsedAt.ShouldBe(first.AddMinutes(1).ToUnixTimeMilliseconds());
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task JobTokens_OfOneJob_HaveNamesOfTheirOwnAndAreListedWithIt(Engine engine)
    {
        using var database = new TestDatabase(engine);
        await using var storage = Open(database);
        await storage.Jobs.CreateAsync(new JobRow { JobId = "a:b", Status = JobStatus.Pending });

        var first = await storage.Tokens.CreateJobTokenAsync("a:b");
        var second = await storage.Tokens.CreateJobTokenAsync("a:b");

        (await storage.Tokens.FindAsync(first, default))!.JobId.ShouldBe("a:b");
        (await storage.Tokens.FindAsync(second, default))!.Role.ShouldBe(TokenRole.Job);
        (await storage.Tokens.ListAsync("a:b", default)).Select(token => token.Name).ShouldBe(["job-a-b", "job-a-b-2"]);
        (await storage.Tokens.ListAsync(null, default)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task SetAdministrator_AnotherSecret_TakesThePlaceOfTheFirst(Engine engine)
    {
        using var database = new TestDatabase(engine);
        await using var storage = Open(database);
        (await storage.Tokens.HasAdministratorAsync(default)).ShouldBeFalse();
        var made = (await storage.Tokens.AddAsync(Token(TokenStore.AdministratorName, TokenRole.Admin)))!;
        (await storage.Tokens.FindAsync(made, default)).ShouldNotBeNull();
        var bob = (await storage.Tokens.AddAsync(Token("bob")))!;

        await storage.Tokens.SetAdministratorAsync("a-secret-of-a-script");
        (await storage.Tokens.FindAsync(made, default)).ShouldBeNull();
        (await storage.Tokens.FindAsync("a-secret-of-a-script", default))!.Role.ShouldBe(TokenRole.Admin);

        // Somebody takes a token that was made here for the administrator's.
        await storage.Tokens.SetAdministratorAsync(bob);
        (await storage.Tokens.FindAsync(bob, default))!.Name.ShouldBe(TokenStore.AdministratorName);
        (await storage.Tokens.HasAdministratorAsync(default)).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task ProtectionKeys_OfTwoServers_AreReadByBoth(Engine engine)
    {
        using var database = new TestDatabase(engine);
        await using var here = Open(database);
        await using var elsewhere = Open(database);

        await here.ProtectionKeys.AddAsync("key-1", "<key/>");
        await elsewhere.ProtectionKeys.AddAsync("key-2", "<key id='2'/>");
        await elsewhere.ProtectionKeys.AddAsync("key-1", "<other/>");

        (await here.ProtectionKeys.ListAsync(default)).ShouldBe(["<key/>", "<key id='2'/>"]);
    }

    [Fact]
    public async Task Find_WhileManyRevokeAndUse_NeverFindsARevokedOne()
    {
        using var database = new TestDatabase(Engine.Sqlite);
        await using var storage = Open(database);
        await Parallel.ForEachAsync(Enumerable.Range(0, 40), async (number, cancellation) =>
        {
            var secret = (await storage.Tokens.AddAsync(Token($"t{number}")))!;
            var reading = Enumerable.Range(0, 4).Select(_ => storage.Tokens.FindAsync(secret, cancellation).AsTask()).ToArray();
            await storage.Tokens.RevokeAsync($"t{number}");
            (await storage.Tokens.FindAsync(secret, cancellation)).ShouldBeNull();
            await Task.WhenAll(reading);
            (await storage.Tokens.FindAsync(secret, cancellation)).ShouldBeNull();
        });
    }

    private PodiumStorage Open(TestDatabase database) => PodiumStorage.Open(database.Open(), time: _clock);

    private static TokenRow Token(string name, string role = TokenRole.Viewer) => new() { Name = name, Role = role };
}
