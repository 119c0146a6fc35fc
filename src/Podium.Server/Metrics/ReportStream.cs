using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Podium.Reports;
using Podium.Server.Access;
using Podium.Server.Configuration;
using Podium.Storage;
using Podium.Storage.Jobs;

namespace Podium.Server.Metrics;

/// <summary>Takes in a stream of lines, one metrics object a line, and keeps them as they come.</summary>
/// <remarks>
/// What was read at once is kept at once: of a trainer that sends a line now and then, each is on disk before the next comes. Where a
/// line is wrong, those before it are kept, and the answer says how many.
/// </remarks>
internal sealed class ReportStream(Caller caller, PodiumStorage storage, SeriesLimit series, ServerLimits limits)
{
    private readonly Dictionary<string, List<JobReportEntry>> _waiting = new(StringComparer.Ordinal);
    private EntryParser _parser = new(limits.NameLength);
    private int _waitingCount;
    private int _line;
    private int _kept;

    /// <summary>Reads a request to its end.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellation">Ends the reading; what was read is kept then.</param>
    public async Task<Results<Ok<ReportAnswer>, ProblemHttpResult>> TakeAsync(HttpRequest request, CancellationToken cancellation)
    {
        var usual = request.Query["job_id"] is [{ Length: > 0 } named] ? named : caller.JobId;
        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(cancellation);
            var rest = read.Buffer;
            StreamRefusal? refusal = null;
            while (refusal is null && TryTakeLine(ref rest, read.IsCompleted, out var line))
            {
                _line++;
                refusal = line.Length > limits.BodyBytes ? TooLong(_line) : Take(line, usual);
                if (refusal is null && _waitingCount >= limits.BatchEntries) refusal = await KeepAsync();
            }

            if (refusal is null && rest.Length > limits.BodyBytes) refusal = TooLong(_line + 1);
            reader.AdvanceTo(rest.Start, rest.End);
            // What stands before a wrong line is right all the same.
            refusal = await KeepAsync() ?? refusal;
            if (refusal is not null) return refusal.ToAnswer(_kept);
            if (read.IsCompleted) return TypedResults.Ok(new ReportAnswer(true, _kept));
        }
    }

    /// <summary>The answer to a stream that was not read to its end.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="what">Why, in a sentence.</param>
    public ProblemHttpResult BrokenOff(int status, string what) => new StreamRefusal(status, what).ToAnswer(_kept);

    private static bool TryTakeLine(ref ReadOnlySequence<byte> rest, bool isLast, out ReadOnlySequence<byte> line)
    {
        if (rest.PositionOf((byte)'\n') is { } end)
        {
            line = rest.Slice(0, end);
            rest = rest.Slice(rest.GetPosition(1, end));
            return true;
        }

        line = rest;
        if (!isLast || rest.IsEmpty) return false;
        rest = rest.Slice(rest.End);
        return true;
    }

    private StreamRefusal? Take(in ReadOnlySequence<byte> line, string? usual)
    {
        var rented = line.IsSingleSegment ? null : ArrayPool<byte>.Shared.Rent((int)line.Length);
        try
        {
            if (rented is not null) line.CopyTo(rented);
            var bytes = rented is null ? line.FirstSpan : rented.AsSpan(0, (int)line.Length);
            if (bytes.Trim(" \t\r"u8).IsEmpty) return null;
            if (!TryParse(bytes, out var entry, out var refusal)) return refusal;
            if ((_parser.JobId ?? usual) is not { Length: > 0 } jobId) return Wrong("job_id is missing");
            if (!caller.MayReport(jobId)) return new StreamRefusal(StatusCodes.Status404NotFound, $"Line {_line}: there is no job '{jobId}'.");
            if (!_waiting.TryGetValue(jobId, out var entries)) _waiting.Add(jobId, entries = []);
            entries.Add(entry);
            _waitingCount++;
            return null;
        }
        finally
        {
            if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private bool TryParse(ReadOnlySpan<byte> line, out JobReportEntry entry, out StreamRefusal? refusal)
    {
        refusal = null;
        try
        {
            return TryParseStrictly(line, out entry, out refusal);
        }
        catch (JsonException fault)
        {
            entry = default;
            if (BareNumbers.Quote(line) is { } quoted)
            {
                try
                {
                    return TryParseStrictly(quoted, out entry, out refusal);
                }
                catch (JsonException again)
                {
                    fault = again;
                }
            }

            refusal = Wrong($"it is no JSON: {fault.Message}");
            return false;
        }
    }

    private bool TryParseStrictly(ReadOnlySpan<byte> line, out JobReportEntry entry, out StreamRefusal? refusal)
    {
        var reader = new Utf8JsonReader(line);
        reader.Read();
        var read = _parser.TryRead(ref reader, out entry);
        refusal = read ? null : Wrong($"{_parser.Fault.Field} {_parser.Fault.What}".TrimStart());
        // What stands behind the object is no JSON: the reader says so.
        if (read) reader.Read();
        return read;
    }

    private async Task<StreamRefusal?> KeepAsync()
    {
        StreamRefusal? refusal = null;
        foreach (var (jobId, entries) in _waiting)
        {
            // What is wrong with one job's entries is nothing against another's.
            if (await KeepAsync(jobId, entries) is { } fault) refusal ??= fault;
            else _kept += entries.Count;
        }

        _waiting.Clear();
        _waitingCount = 0;
        // A stream without an end must not gather names without end.
        _parser = new EntryParser(limits.NameLength);
        return refusal;
    }

    private async Task<StreamRefusal?> KeepAsync(string jobId, List<JobReportEntry> entries)
    {
        // Whoever sent them may be gone: they were sent all the same.
        var (fault, isKept) = await series.KeepAsync(jobId, NamesOf(entries), () => storage.Jobs.ReportAsync(new JobReport(jobId, PointSource.Report, entries), caller.Name), CancellationToken.None);
        if (fault is not null) return new StreamRefusal(StatusCodes.Status400BadRequest, $"Up to line {_line}: {fault}");
        return isKept ? null : new StreamRefusal(StatusCodes.Status404NotFound, $"Up to line {_line}: there is no job '{jobId}'.");
    }

    /// <summary>The metrics of one job's entries. Those of an entry mostly are the ones before it, name for name: these are not looked up again.</summary>
    private static HashSet<string> NamesOf(List<JobReportEntry> entries)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        IReadOnlyList<KeyValuePair<string, double>> before = [];
        foreach (var entry in entries)
        {
            for (var i = 0; i < entry.Metrics.Count; i++)
                if (i >= before.Count || !ReferenceEquals(before[i].Key, entry.Metrics[i].Key))
                    names.Add(entry.Metrics[i].Key);
            before = entry.Metrics;
        }

        return names;
    }

    private StreamRefusal TooLong(int line) => Wrong($"the line has more than {limits.BodyBytes} bytes, the most that this server takes ({ServerLimits.OptionOf("body_bytes")})", line);

    private StreamRefusal Wrong(string what, int? line = null) => new(StatusCodes.Status400BadRequest, $"Line {line ?? _line}: {what}.");
}
