using System.Collections.Concurrent;

namespace Podium.Storage.Tokens;

/// <summary>The tokens that were used lately, so that a request reads no database. Safe for use by several threads at once.</summary>
/// <remarks>
/// A revocation here clears it at once. One on another server is seen when what is remembered is read again, after
/// <see cref="FreshFor"/>: one request reads, and the others go by what is known meanwhile, up to <see cref="UsableFor"/>.
/// Secrets that are wrong are not remembered: there are too many of them.
/// </remarks>
internal sealed class TokenCache(TimeProvider time)
{
    private const int Most = 10_000;

    /// <summary>How long a token counts as one that was right, though it must be read again to be used.</summary>
    private static readonly TimeSpan RightFor = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);
    private int _generation;

    /// <summary>How long nothing is read again.</summary>
    public static TimeSpan FreshFor { get; } = TimeSpan.FromSeconds(2);

    /// <summary>How long what is remembered may be used while one reads it again.</summary>
    public static TimeSpan UsableFor { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Changes with every revocation. Whoever reads the database takes it before, and hands it to <see cref="Add"/>.</summary>
    public int Generation => Volatile.Read(ref _generation);

    /// <summary>What is known of a token.</summary>
    /// <returns>Null where it must be read.</returns>
    public Known? Find(string hash)
    {
        if (!_known.TryGetValue(hash, out var known)) return null;
        var age = time.GetElapsedTime(known.ReadAt);
        return age < FreshFor || (age < UsableFor && !known.TakeTurnToRead()) ? known : null;
    }

    /// <summary>Whether a token was right when it was read last, without reading anything.</summary>
    public bool Has(string hash) => _known.TryGetValue(hash, out var known) && time.GetElapsedTime(known.ReadAt) < RightFor;

    /// <summary>Remembers what was read, unless a token was revoked since.</summary>
    public Known Add(string hash, TokenRow token, int generation)
    {
        if (_known.Count >= Most) _known.Clear();
        var known = new Known(token, time.GetTimestamp());
        _known[hash] = known;
        // In this order: a revocation between the two takes it out, one before them is seen here.
        if (generation != Generation) _known.TryRemove(hash, out _);
        return known;
    }

    /// <summary>Takes out what is no token any more.</summary>
    public void Forget(string hash) => _known.TryRemove(hash, out _);

    /// <summary>Takes out what was revoked, also where it is being read just now.</summary>
    public void Revoke(string hash)
    {
        Interlocked.Increment(ref _generation);
        Forget(hash);
    }

    /// <summary>Takes out everything.</summary>
    public void Clear()
    {
        Interlocked.Increment(ref _generation);
        _known.Clear();
    }

    /// <summary>A token that was right.</summary>
    internal sealed class Known(TokenRow token, long readAt)
    {
        private int _isBeingRead;
        private long _notedUse = token.LastUsedAt ?? 0;

        public TokenRow Token { get; } = token;

        public long ReadAt { get; } = readAt;

        /// <summary>Whether the caller is the one who reads it again.</summary>
        public bool TakeTurnToRead() => Interlocked.CompareExchange(ref _isBeingRead, 1, 0) == 0;

        /// <summary>Whether the caller is the one who writes down that it was used.</summary>
        public bool TakeTurnToNote(long now, long interval)
        {
            var noted = Volatile.Read(ref _notedUse);
            return now - noted >= interval && Interlocked.CompareExchange(ref _notedUse, now, noted) == noted;
        }
    }
}
