namespace Podium.Storage.Tokens;

/// <summary>A token as it is known: everything but the secret, which only its holder has.</summary>
public sealed record TokenRow
{
    /// <summary>Its name; no other token has it.</summary>
    public required string Name { get; init; }

    /// <summary>What it may do: one of <see cref="TokenRole"/>.</summary>
    public required string Role { get; init; }

    /// <summary>The one job of a job's own token; null for all others.</summary>
    public string? JobId { get; init; }

    /// <summary>When it was made, in milliseconds since 1970 UTC.</summary>
    public long CreatedAt { get; init; }

    /// <summary>From when on it is refused, in milliseconds since 1970 UTC; null: never.</summary>
    public long? ExpiresAt { get; init; }

    /// <summary>When it was used last, to the minute, in milliseconds since 1970 UTC; null: not yet.</summary>
    public long? LastUsedAt { get; init; }
}

/// <summary>What became of a revocation.</summary>
public enum Revocation
{
    /// <summary>The token is gone.</summary>
    Done,

    /// <summary>There is none of this name.</summary>
    NotThere,

    /// <summary>It is the last with which tokens can be made; it stays.</summary>
    LastAdministrator,
}
