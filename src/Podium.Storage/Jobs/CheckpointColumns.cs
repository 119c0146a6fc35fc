using Podium.Ranking;

namespace Podium.Storage.Jobs;

/// <summary>The statements over <see cref="CheckpointRow"/>.</summary>
internal static class CheckpointColumns
{
    static CheckpointColumns() => Dapper.DefaultTypeMap.MatchNamesWithUnderscores = true;

    public static string All => "job_id, path, run, step, epoch, size_bytes, state, created_at, gone_at, seq";

    public static string Upsert =>
        """
        INSERT INTO checkpoints (job_id, path, run, step, epoch, size_bytes, state, created_at, gone_at, seq)
        VALUES (@JobId, @Path, @Run, @Step, @Epoch, @SizeBytes, @State, @CreatedAt, @GoneAt, @Seq)
        ON CONFLICT (job_id, path) DO UPDATE SET
          run = excluded.run, step = excluded.step, epoch = excluded.epoch, size_bytes = excluded.size_bytes, state = excluded.state,
          created_at = excluded.created_at, gone_at = excluded.gone_at, seq = excluded.seq
        """;

    /// <summary>The checkpoint as the ranking takes it.</summary>
    public static Checkpoint ToCheckpoint(CheckpointRow row) => new(row.Path, row.Step)
    {
        Epoch = row.Epoch,
        SizeBytes = row.SizeBytes ?? 0,
        CreatedAt = row.CreatedAt is { } time ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null,
        State = CheckpointStates.Parse(row.State),
    };
}
