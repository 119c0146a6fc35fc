using Podium.Checkpoints.RunFolders;
using Podium.Ranking;
using Podium.Storage.Events;

namespace Podium.Server.Listing;

/// <summary>What is kept of a job that is asked for again and again: its answers, until anything of it changes.</summary>
/// <remarks>Whatever is written to the job is heard of before its writer is answered; what happens in the folder is asked for each time.</remarks>
internal sealed class ListedJob : IDisposable
{
    // Whoever invents weights without end must not fill the memory.
    private const int MostAnswers = 32;

    private static readonly TimeSpan BindAgain = TimeSpan.FromSeconds(2);

    // What is incomplete now is damaged once nobody writes it any more, though nothing changes then.
    private static readonly TimeSpan JudgeAgain = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<ListingQuestion, KeptListing> _answers = [];
    private readonly ChangeWatch _watch;
    private readonly TimeProvider _time;
    private RunFolderLook? _look;
    private long _heard;
    private long _answersHeard = -1;
    private long _rowHeard = -1;
    private long _triedToBind;
    private bool _hasTriedToBind;
    private long _read;
    private bool _isUnsure;
    private bool _isStale = true;
    private bool _isDisposed;

    public ListedJob(string jobId, ChangeWatch watch, TimeProvider time)
    {
        JobId = jobId;
        _watch = watch;
        _time = time;
        AskedAt = time.GetTimestamp();
    }

    public string JobId { get; }

    /// <summary>Held by the one who reads the folder or makes an answer.</summary>
    public SemaphoreSlim Turn { get; } = new(1);

    /// <summary>When it was last asked for.</summary>
    public long AskedAt { get; private set; }

    /// <summary>What to know about the folder.</summary>
    public IReadOnlyList<RankingNote> Notes { get; private set; } = [];

    /// <summary>The folder, if it is known.</summary>
    public string? Folder { get; private set; }

    /// <summary>Whether the folder could be looked into.</summary>
    public bool IsReached { get; private set; }

    /// <summary>What was read there that could not be kept, as the disk of the database is full; null where all of it was.</summary>
    public RunFolder? Unkept { get; private set; }

    /// <summary>Finds an answer that still holds.</summary>
    public KeptListing? Find(in ListingQuestion question)
    {
        lock (_lock)
        {
            AskedAt = _time.GetTimestamp();
            return !IsStaleNow(atOnce: false) && Hear() == _answersHeard && _answers.TryGetValue(question, out var answer) ? answer : null;
        }
    }

    /// <summary>Whether the folder must be read, or looked for, before the job is told of.</summary>
    /// <param name="atOnce">Whether to look inside of it now, however short ago that was done.</param>
    public bool IsStale(bool atOnce)
    {
        lock (_lock)
        {
            AskedAt = _time.GetTimestamp();
            return IsStaleNow(atOnce);
        }
    }

    /// <summary>Looks inside of the folder, so that the next who asks need not.</summary>
    public void LookAhead()
    {
        lock (_lock)
        {
            if (!_isDisposed && _look is not null && _look.HasChanged(atOnce: true)) _isStale = true;
        }
    }

    /// <summary>Counts what was heard of the job so far: an answer that is made from here on is of this state or a later one.</summary>
    public long Listen()
    {
        lock (_lock) return Hear();
    }

    /// <summary>Keeps an answer.</summary>
    /// <param name="question">What was asked.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="heard">What <see cref="Listen"/> said before it was made.</param>
    public void Keep(in ListingQuestion question, KeptListing answer, long heard)
    {
        lock (_lock)
        {
            if (heard != Hear()) return;
            if (_answersHeard != heard || _answers.Count >= MostAnswers) _answers.Clear();
            _answersHeard = heard;
            _answers[question] = answer;
        }
    }

    /// <summary>Begins to read a folder: what happens in it from now on makes it stale again.</summary>
    public void BeginReading(string folder)
    {
        lock (_lock)
        {
            if (_look?.Folder != folder)
            {
                _look?.Dispose();
                _look = new RunFolderLook(folder, _time);
                _look.HasChanged(atOnce: true);
            }

            (Folder, _isStale, _read) = (folder, false, _time.GetTimestamp());
            if (_isDisposed) _look.Dispose();
        }
    }

    /// <summary>Takes in that the reading broke off: whoever asks next reads again.</summary>
    public void BreakOffReading()
    {
        lock (_lock) _isStale = true;
    }

    /// <summary>Takes in what came of it.</summary>
    /// <param name="isReached">Whether there is a folder, and it could be read.</param>
    /// <param name="isUnsure">Whether something in it is judged by how young it is.</param>
    /// <param name="notes">What to know about it.</param>
    public void EndReading(bool isReached, bool isUnsure, IReadOnlyList<RankingNote> notes)
    {
        lock (_lock)
        {
            (IsReached, _isUnsure, Notes, Unkept) = (isReached, isUnsure, notes, null);
            _answers.Clear();
        }
    }

    /// <summary>Takes in that what came of it could not be kept: it is all that there is to tell, until the next try.</summary>
    /// <param name="read">What was read.</param>
    /// <param name="notes">What to know about it.</param>
    public void EndReading(RunFolder read, IReadOnlyList<RankingNote> notes)
    {
        lock (_lock)
        {
            (IsReached, Notes, Unkept, _isStale) = (true, notes, read, true);
            _answers.Clear();
        }
    }

    /// <summary>Takes in that the job has no folder that is known here; it is looked for again later.</summary>
    /// <param name="isTried">Whether it was looked for now.</param>
    /// <param name="notes">What to know about it.</param>
    public void HasNone(bool isTried, params RankingNote[] notes)
    {
        lock (_lock)
        {
            _look?.Dispose();
            _look = null;
            (Folder, IsReached, _isStale, Notes, Unkept) = (null, false, false, notes, null);
            if (isTried) (_triedToBind, _hasTriedToBind) = (_time.GetTimestamp(), true);
        }
    }

    /// <summary>Whether it is time to look for the folder of a job that has none.</summary>
    public bool MayBind()
    {
        lock (_lock) return !_hasTriedToBind || _time.GetElapsedTime(_triedToBind) > BindAgain;
    }

    /// <summary>Whether what is known of a folder still holds: it is this one, and nothing has happened in it.</summary>
    public bool Knows(string folder)
    {
        lock (_lock) return Folder == folder && !IsFolderStale(atOnce: false);
    }

    /// <summary>Takes in the job's row.</summary>
    /// <param name="runFolder">The folder that it names.</param>
    /// <param name="heard">What <see cref="Listen"/> said before it was read.</param>
    public void SawRow(string? runFolder, long heard)
    {
        lock (_lock)
        {
            if (runFolder == Folder) _rowHeard = heard;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _watch.Dispose();
            _look?.Dispose();
        }
    }

    private bool IsStaleNow(bool atOnce)
    {
        // What was written to the job may name another folder.
        var isFolderStale = IsFolderStale(atOnce);
        return isFolderStale || Hear() != _rowHeard;
    }

    private bool IsFolderStale(bool atOnce)
    {
        if (_isDisposed) return true;
        if (_look is null) return _isStale || !_hasTriedToBind || _time.GetElapsedTime(_triedToBind) > BindAgain;
        if (_look.HasChanged(atOnce)) _isStale = true;
        if (_isUnsure && _time.GetElapsedTime(_read) > JudgeAgain) _isStale = true;
        return _isStale;
    }

    private long Hear()
    {
        while (_watch.Changes.TryRead(out _)) _heard++;
        return _heard;
    }
}
