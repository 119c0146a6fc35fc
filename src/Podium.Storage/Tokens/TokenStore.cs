using Dapper;
using Podium.Storage.Databases;
using Podium.Storage.Writing;

namespace Podium.Storage.Tokens;

/// <summary>The tokens by which callers are known: making, finding and revoking them.</summary>
/// <remarks>What a method has returned from is on disk. Safe for use by several threads at once.</remarks>
public sealed class TokenStore
{
    /// <summary>The name of the token that the server makes for its administrator.</summary>
    public const string AdministratorName = "admin";

    /// <summary>How every name begins that the server gives to a job's token; nobody else may give such a one.</summary>
    public const string JobPrefix = "job-";

    private const string Columns = "name, role, job_id AS JobId, created_at AS CreatedAt, expires_at AS ExpiresAt, last_used_at AS LastUsedAt";
    private const string IsUsable = "(expires_at IS NULL OR expires_at > @now)";

    /// <summary>How exactly the last use is known.</summary>
    private static readonly long UseInterval = (long)TimeSpan.FromMinutes(1).TotalMilliseconds;

    private readonly Database _database;
    private readonly Writer _writer;
    private readonly TimeProvider _time;
    private readonly TokenCache _cache;

    internal TokenStore(Database database, Writer writer, TimeProvider time)
    {
        _database = database;
        _writer = writer;
        _time = time;
        _cache = new TokenCache(time);
    }

    /// <summary>Makes a token.</summary>
    /// <param name="token">The token; the time at which it was made is set here.</param>
    /// <returns>Its secret, which nobody can read again; null where there is one of this name.</returns>
    public async Task<string?> AddAsync(TokenRow token)
    {
        ArgumentNullException.ThrowIfNull(token);
        var secret = TokenSecret.Create();
        var made = token with { CreatedAt = Now(), LastUsedAt = null };
        var isNew = await _writer.WriteAsync(OrderOf(token.Name), 0, scope => Insert(scope, made, secret));
        return isNew ? secret : null;
    }

    /// <summary>Makes a token that reports to one job and reads it. A job may have several.</summary>
    /// <param name="jobId">The job, which must be there.</param>
    /// <returns>Its secret, which nobody can read again.</returns>
    public async Task<string> CreateJobTokenAsync(string jobId)
    {
        ArgumentException.ThrowIfNullOrEmpty(jobId);
        var secret = TokenSecret.Create();
        var now = Now();
        // A name is a user name to some clients, and those can hold no colon.
        var name = JobPrefix + string.Concat(jobId.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-' ? letter : '-'));
        await _writer.WriteAsync(OrderOf(name), 0, scope =>
        {
            var token = new TokenRow { Name = name, Role = TokenRole.Job, JobId = jobId, CreatedAt = now };
            for (var number = 2; !Insert(scope, token, secret); number++) token = token with { Name = $"{name}-{number}" };
            return true;
        });
        return secret;
    }

    /// <summary>Sets the secret of the administrator's own token, as it was given to the server.</summary>
    /// <param name="secret">The secret. It should be random: it is kept like one that is.</param>
    public async Task SetAdministratorAsync(string secret)
    {
        ArgumentException.ThrowIfNullOrEmpty(secret);
        var values = new { name = AdministratorName, hash = TokenSecret.HashOf(secret), role = TokenRole.Admin, now = Now() };
        await _writer.WriteAsync(OrderOf(AdministratorName), 0, scope => scope.Connection.Execute(
            // A token of another name may have this very secret: there is one token of a secret.
            """
            DELETE FROM tokens WHERE hash = @hash AND name <> @name;
            INSERT INTO tokens (name, hash, role, created_at) VALUES (@name, @hash, @role, @now)
            ON CONFLICT (name) DO UPDATE SET hash = @hash, role = @role, job_id = NULL, created_at = @now, expires_at = NULL, last_used_at = NULL
            WHERE tokens.hash <> @hash OR tokens.role <> @role OR tokens.expires_at IS NOT NULL
            """,
            values,
            scope.Transaction));
        _cache.Clear();
    }

    /// <summary>Whether there is a token with which others can be made.</summary>
    public async Task<bool> HasAdministratorAsync(CancellationToken cancellation)
    {
        await using var connection = await _database.OpenReaderAsync(cancellation);
        return await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            $"SELECT COUNT(*) FROM tokens WHERE role = @role AND {IsUsable}", new { role = TokenRole.Admin, now = Now() }, cancellationToken: cancellation)) > 0;
    }

    /// <summary>Reads tokens, in the order of their names.</summary>
    /// <param name="jobId">Only those of a job; null: only those of no job.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<IReadOnlyList<TokenRow>> ListAsync(string? jobId, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenReaderAsync(cancellation);
        var tokens = await connection.QueryAsync<TokenRow>(new CommandDefinition(
            $"SELECT {Columns} FROM tokens WHERE {(jobId is null ? "job_id IS NULL" : "job_id = @jobId")} ORDER BY name", new { jobId }, cancellationToken: cancellation));
        return tokens.AsList();
    }

    /// <summary>Reads a token by its name.</summary>
    /// <returns>Null where there is none.</returns>
    public async Task<TokenRow?> FindByNameAsync(string name, CancellationToken cancellation)
    {
        // PostgreSQL has no text with this character, and does not look for one either.
        if (name.Contains('\0', StringComparison.Ordinal)) return null;
        await using var connection = await _database.OpenReaderAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<TokenRow>(new CommandDefinition($"SELECT {Columns} FROM tokens WHERE name = @name", new { name }, cancellationToken: cancellation));
    }

    /// <summary>Takes a token back: on this server at once, on others within seconds.</summary>
    /// <param name="name">Its name.</param>
    public async Task<Revocation> RevokeAsync(string name)
    {
        var values = new { name, role = TokenRole.Admin, now = Now() };
        var (outcome, hash) = await _writer.WriteAsync(OrderOf(name), 0, scope =>
        {
            // Those rows are locked, so that of two who revoke each other's token one is refused.
            var administrators = scope.Connection.Query<string>(
                $"SELECT name FROM tokens WHERE role = @role AND {IsUsable} ORDER BY name{(scope.Database.Engine == Engine.Postgres ? " FOR UPDATE" : "")}", values, scope.Transaction).AsList();
            if (administrators is [var last] && last == name) return (Revocation.LastAdministrator, null);
            var gone = scope.Connection.QuerySingleOrDefault<string>("DELETE FROM tokens WHERE name = @name RETURNING hash", values, scope.Transaction);
            return (gone is null ? Revocation.NotThere : Revocation.Done, gone);
        });
        if (hash is not null) _cache.Revoke(hash);
        return outcome;
    }

    /// <summary>Whether a secret was right when it was used last, within the hour. Reads nothing, and lets nobody in by itself.</summary>
    public bool IsInUse(string secret) => _cache.Has(TokenSecret.HashOf(secret));

    /// <summary>Finds the token of a secret, and notes that it was used.</summary>
    /// <returns>Null where there is none, or it has expired.</returns>
    /// <exception cref="DatabaseUnavailableException">The database must be asked, and cannot be reached.</exception>
    public async ValueTask<TokenRow?> FindAsync(string secret, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(secret);
        var hash = TokenSecret.HashOf(secret);
        if ((_cache.Find(hash) ?? await ReadAsync(hash, cancellation)) is not { } known) return null;
        var now = Now();
        if (known.Token.ExpiresAt <= now) return null;
        if (known.TakeTurnToNote(now, UseInterval)) _ = NoteUseAsync(known.Token.Name, hash, now);
        return known.Token;
    }

    private async Task<TokenCache.Known?> ReadAsync(string hash, CancellationToken cancellation)
    {
        var generation = _cache.Generation;
        await using var connection = await _database.OpenReaderAsync(cancellation);
        TokenRow? token;
        try
        {
            token = await connection.QuerySingleOrDefaultAsync<TokenRow>(new CommandDefinition($"SELECT {Columns} FROM tokens WHERE hash = @hash", new { hash }, cancellationToken: cancellation));
        }
        catch (Exception failure) when (_database.Explain(failure) is not null)
        {
            // Every request comes by here: whoever calls while the database is away shall be told to come again.
            throw _database.Explain(failure)!;
        }

        if (token is not null) return _cache.Add(hash, token, generation);
        _cache.Forget(hash);
        return null;
    }

    /// <summary>Nobody waits for it, and no request fails for it: it is what people look at to find tokens that nobody uses.</summary>
    private async Task NoteUseAsync(string name, string hash, long now)
    {
        try
        {
            await _writer.WriteAsync(OrderOf(name), 0, scope => scope.Connection.Execute(
                "UPDATE tokens SET last_used_at = @now WHERE hash = @hash AND (last_used_at IS NULL OR last_used_at <= @now - @interval)", new { hash, now, interval = UseInterval }, scope.Transaction));
        }
        catch (Exception failure) when (failure is StorageException or ObjectDisposedException)
        {
            // The next use notes it.
        }
    }

    private static bool Insert(WriteScope scope, TokenRow token, string secret) => scope.Connection.Execute(
        "INSERT INTO tokens (name, hash, role, job_id, created_at, expires_at) VALUES (@Name, @hash, @Role, @JobId, @CreatedAt, @ExpiresAt) ON CONFLICT (name) DO NOTHING",
        new { token.Name, hash = TokenSecret.HashOf(secret), token.Role, token.JobId, token.CreatedAt, token.ExpiresAt },
        scope.Transaction) > 0;

    /// <summary>By it, the queue puts work in an order that is the same on all servers, so that no two wait for each other in a circle.</summary>
    private static string OrderOf(string name) => $"token {name}";

    private long Now() => _time.GetUtcNow().ToUnixTimeMilliseconds();
}
