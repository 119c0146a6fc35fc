using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Podium.Reports;
using Podium.Server.Access;
using Podium.Server.Configuration;
using Podium.Server.Wire;
using Podium.Storage;
using Podium.Storage.Jobs;

namespace Podium.Server.Metrics;

/// <summary>Takes in a stream of lines, one metrics object a line, and keeps them as they come.</summary>
/// <remarks>What was read at once is kept at once. Where a line is wrong, those before it are kept, and the answer says how many.</remarks>
internal sealed class ReportStream(Caller caller, PodiumStorage storage, SeriesLimit series, ServerLimits limits)
{
    private readonly Dictionary<string, List<JobReportEntry>> _waiting = new(StringComparer.Ordinal);
    private EntryParser _parser = new(limits.NameLength);
    private int _waitingCount;
    private int _line;
    private int _kept;

    /// <summary>Reads a request to its end.</summary>
    public async Task<Results<Ok<ReportAnswer>, ProblemHttpResult>> TakeAsync(HttpRequest request, CancellationToken cancellation)
    {
        var usual = request.Query["job_id"] is [{ Length: > 0 } named] ? named : caller.JobId;
        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(cancellation);
            var rest = read.Buffer;
            ProblemHttpResult? refusal = null;
            while (refusal is null && TryTakeLine(ref rest, read.IsCompleted, out var line))
            {
                _line++;
                refusal = Take(line, usual);
                if (refusal is null && _waitingCount >= limits.BatchEntries) refusal = await KeepAsync(cancellation);
            }

            if (refusal is null && rest.Length > limits.BodyBytes) refusal = Wrong("the line is too long", line: _line + 1);
            reader.AdvanceTo(rest.Start, rest.End);
            refusal = await KeepAsync(cancellation) ?? refusal;
            if (refusal is not null) return refusal;
            if (read.IsCompleted) return TypedResults.Ok(new ReportAnswer(true, _kept));
        }
    }

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

    private ProblemHttpResult? Take(in ReadOnlySequence<byte> line, string? usual)
    {
        var rented = line.IsSingleSegment ? null : ArrayPool<byte>.Shared.Rent((int)line.Length);
        try
        {
            if (rented is not null) line.CopyTo(rented);
            var bytes = rented is null ? line.FirstSpan : rented.AsSpan(0, (int)line.Length);
            if (bytes.Trim(" \t\r"u8).IsEmpty) return null;
            if (!TryParse(bytes, out var entry, out var refusal)) return refusal;
            if ((_parser.JobId ?? usual) is not { Length: > 0 } jobId) return Wrong("job_id is missing");
            if (!caller.MayReport(jobId)) return Problems.NotFound($"Line {_line}: there is no job '{jobId}'.{Kept()}");
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

    private bool TryParse(ReadOnlySpan<byte> line, out JobReportEntry entry, out ProblemHttpResult? refusal)
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

    private bool TryParseStrictly(ReadOnlySpan<byte> line, out JobReportEntry entry, out ProblemHttpResult? refusal)
    {
        var reader = new Utf8JsonReader(line);
        reader.Read();
        var read = _parser.TryRead(ref reader, out entry);
        refusal = read ? null : Wrong($"{_parser.Fault.Field} {_parser.Fault.What}".TrimStart());
        // What stands behind the object is no JSON: the reader says so.
        if (read) reader.Read();
        return read;
    }

    private async Task<ProblemHttpResult?> KeepAsync(CancellationToken cancellation)
    {
        foreach (var (jobId, entries) in _waiting)
        {
            if (await series.FaultAsync(jobId, _parser.MetricNames, cancellation) is { } tooMany) return Problems.BadRequest($"Up to line {_line}: {tooMany}{Kept()}");
            if (!await storage.Jobs.ReportAsync(new JobReport(jobId, PointSource.Report, entries), caller.Name)) return Problems.NotFound($"Up to line {_line}: there is no job '{jobId}'.{Kept()}");
            _kept += entries.Count;
        }

        _waiting.Clear();
        _waitingCount = 0;
        // Names of one job's lines say nothing of the next ones.
        _parser = new EntryParser(limits.NameLength);
        return null;
    }

    private ProblemHttpResult Wrong(string what, int? line = null) => Problems.BadRequest($"Line {line ?? _line}: {what}.{Kept()}");

    private string Kept() => _kept + _waitingCount == 0 ? "" : $" The entries before it ({_kept + _waitingCount}) were taken.";
}
