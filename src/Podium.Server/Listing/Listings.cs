using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Podium.Checkpoints.RunFolders;
using Podium.Ranking;
using Podium.Server.Access;
using Podium.Server.Artifacts;
using Podium.Server.Configuration;
using Podium.Server.Importing;
using Podium.Storage;
using Podium.Storage.Databases;
using Podium.Storage.Jobs;
using Podium.Strategies;

namespace Podium.Server.Listing;

/// <summary>Lists the checkpoints of jobs, from the run folder where that can be reached, else as they were last known.</summary>
/// <remarks>
/// What a folder holds is brought into the database first, and ranked from there together with what was reported: so the listing,
/// the status and another server name the same best. Answers are kept while nothing changes, for pages as they are and for programs as bytes.
/// </remarks>
internal sealed partial class Listings(
    PodiumStorage storage,
    AllowedFolders folders,
    FolderIntake intake,
    OutputFolder outputs,
    UploadHost uploads,
    ServerOptions options,
    IOptions<JsonOptions> json,
    TimeProvider time,
    ILogger<Listings> logger) : BackgroundService
{
    private const int MostJobs = 500;
    private const string NotKept = "not-kept";

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(600);
    private static readonly TimeSpan PolledLately = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, ListedJob> _jobs = new(StringComparer.Ordinal);

    /// <summary>Lists a job's checkpoints.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="asked">How they are ranked; nothing of it is stored.</param>
    /// <param name="isExplained">Whether to say why.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>What the API answers to the same question; null where there is no such job.</returns>
    public async ValueTask<CheckpointListing?> ReadAsync(string jobId, AskedRanking asked, bool isExplained, CancellationToken cancellation)
    {
        var question = new ListingQuestion(asked.Question, isExplained);
        return (Find(jobId, question) ?? await ListAsync(jobId, asked.Strategy, question, atOnce: false, cancellation))?.Listing;
    }

    /// <summary>Lists a job's checkpoints.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="strategy">How they are ranked, if not as the job is; nothing of it is stored.</param>
    /// <param name="question">What was asked, by which the answer is known again.</param>
    /// <param name="atOnce">Whether to look into the folder now, however short ago that was done.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>The answer; null where there is no such job.</returns>
    public async ValueTask<KeptListing?> ListAsync(string jobId, Strategy? strategy, ListingQuestion question, bool atOnce, CancellationToken cancellation)
    {
        var begun = time.GetTimestamp();
        if (await LookAsync(jobId, atOnce, cancellation) is not { } job) return null;
        await job.Turn.WaitAsync(cancellation);
        try
        {
            // Whoever held the turn before may have made this very answer.
            if (!atOnce && job.Find(question) is { } made) return made;
            var heard = job.Listen();
            if (await RankedJob.ReadAsync(storage, jobId, strategy, options.Strategy, cancellation) is not { } ranked) return null;
            if (job.Unkept is { } read) ranked = ranked with { Runs = RunsOf(read) };
            var listing = ListingMaker.Make(ranked, job.Folder, job.IsReached, job.Notes, question.IsExplained);
            Listed(jobId, listing.Checkpoints.Count, listing.Source, listing.BestCheckpoint, listing.Strategy);
            if (question.IsInOldForm) listing = listing with { Success = true, Message = $"{listing.Checkpoints.Count} checkpoint{(listing.Checkpoints.Count == 1 ? "" : "s")} found." };
            var answer = new KeptListing(listing, json.Value.SerializerOptions);
            job.SawRow(ranked.Row.RunFolder, heard);
            job.Keep(question, answer, heard);
            Operations.ServerMeter.ListingSeconds.Record(time.GetElapsedTime(begun).TotalSeconds);
            return answer;
        }
        finally
        {
            job.Turn.Release();
        }
    }

    /// <summary>Finds an answer that was given before and still holds.</summary>
    /// <returns>Null where there is none.</returns>
    public KeptListing? Find(string jobId, in ListingQuestion question) => _jobs.TryGetValue(jobId, out var job) ? job.Find(question) : null;

    /// <summary>Makes sure that the database knows what lies in a job's folder.</summary>
    /// <returns>What to warn of: the disk is full, so that it does not. Null where it does.</returns>
    public async Task<string?> LookAsync(string jobId, CancellationToken cancellation) =>
        await LookAsync(jobId, atOnce: false, cancellation) is { Notes: var notes } ? notes.FirstOrDefault(note => note.Code == NotKept)?.Message : null;

    /// <summary>Finds the run folder of a job, where it can be looked into from here.</summary>
    public async Task<string?> FindFolderAsync(string jobId, CancellationToken cancellation) =>
        await LookAsync(jobId, atOnce: false, cancellation) is { IsReached: true } job ? job.Folder : null;

    /// <summary>Looks into the folders of jobs that are polled, so that whoever polls finds the look done.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            foreach (var job in _jobs.Values)
                if (time.GetElapsedTime(job.AskedAt) < PolledLately)
                    job.LookAhead();
    }

    private async ValueTask<ListedJob?> LookAsync(string jobId, bool atOnce, CancellationToken cancellation)
    {
        if (!_jobs.TryGetValue(jobId, out var job))
        {
            if (await storage.Jobs.FindAsync(jobId, cancellation) is null) return null;
            MakeRoom();
            job = _jobs.GetOrAdd(jobId, static (id, self) => new ListedJob(id, self.Storage.Changes.Watch(id), self.Time), (Storage: storage, Time: time));
        }

        if (!job.IsStale(atOnce)) return job;
        await job.Turn.WaitAsync(cancellation);
        try
        {
            if (job.IsStale(atOnce: false)) await TakeInAsync(job, cancellation);
            return job;
        }
        finally
        {
            job.Turn.Release();
        }
    }

    private async Task TakeInAsync(ListedJob job, CancellationToken cancellation)
    {
        var heard = job.Listen();
        if (await storage.Jobs.FindAsync(job.JobId, cancellation) is not { } row) return;
        if (row.RunFolder is not null && uploads.IsElsewhere(row))
        {
            // What lies here under the same name is another host's part of nothing: nothing of the job may be thought gone for it.
            job.HasNone(isTried: true, new RankingNote("other-host", "The checkpoints were uploaded to another server of this database. This is what that one has told of them."));
            job.SawRow(null, heard);
            return;
        }

        if (row.RunFolder is { } same && job.Knows(same))
        {
            job.SawRow(same, heard);
            return;
        }

        var mayBind = row.RunFolder is null && job.MayBind();
        string? named;
        try
        {
            named = row.RunFolder ?? (mayBind ? await outputs.BindAsync(row, cancellation) : null);
        }
        catch (StorageException failure)
        {
            job.HasNone(mayBind, NoteOf(failure));
            return;
        }

        if (named is null)
        {
            job.HasNone(mayBind);
            job.SawRow(null, heard);
            return;
        }

        job.BeginReading(named);
        try
        {
            // It was allowed once; since then a link may have been put in its place.
            var read = IsOurs(named) || folders.TryFind(named, out _, out _) ? await intake.ReadAsync(named, cancellation) : null;
            var fault = read is null ? null : await intake.FaultAsync(job.JobId, read, cancellation);
            try
            {
                if (read is not null && fault is null) await intake.TakeAsync(job.JobId, read, actor: null);
            }
            catch (StorageException failure)
            {
                // Whoever asks wants to know, and has nothing to keep: it is told as it lies there.
                job.EndReading(read!, [NoteOf(failure), .. FolderIntake.NotesOf(read!, fault)]);
                return;
            }

            job.EndReading(
                isReached: read is not null,
                isUnsure: read is not null && read.Verifications.Values.Any(verified => verified.State == CheckpointState.Incomplete),
                read is null ? intake.NotesOf(named) : FolderIntake.NotesOf(read, fault));
        }
        catch
        {
            // The caller went away, or the database could not take it.
            job.BreakOffReading();
            throw;
        }

        job.SawRow(named, heard);
    }

    private static RankingNote NoteOf(StorageException failure) => new(NotKept, $"What is new in the run folder was not kept: {failure.Message}");

    /// <summary>The runs of a folder as if they had been kept.</summary>
    private static IReadOnlyList<JobRunContents> RunsOf(RunFolder read) =>
        read.Runs.Count == 0 ? [RankedJob.Nothing] : [.. read.Runs.Reverse().Select((run, i) => new JobRunContents(i + 1, null, null, run.Run))];

    /// <summary>Whether a folder is one of the server's own, to which trainers upload.</summary>
    private bool IsOurs(string folder) => folder.StartsWith(Path.GetFullPath(options.Data) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private void MakeRoom()
    {
        while (_jobs.Count >= MostJobs && _jobs.Values.MinBy(job => job.AskedAt) is { } oldest && _jobs.TryRemove(oldest.JobId, out var removed)) removed.Dispose();
    }

    public override void Dispose()
    {
        foreach (var job in _jobs.Values) job.Dispose();
        base.Dispose();
    }

    [LoggerMessage(EventId = 2001, Level = LogLevel.Information, Message = "Job {JobId}: {Count} checkpoints found in the {Source}, the best is {Best} by {Strategy}")]
    private partial void Listed(string jobId, int count, string source, string? best, string strategy);
}
