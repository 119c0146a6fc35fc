using System.Text.Json;
using Podium.Server.Configuration;
using Podium.Storage.Jobs;

namespace Podium.Server.Metrics;

/// <summary>A report of metrics as it was read.</summary>
/// <param name="JobId">The job, if it was named.</param>
/// <param name="Entries">What was logged.</param>
/// <param name="MetricNames">The metrics in it, each once.</param>
/// <param name="Fault">What is wrong with it; null where nothing is.</param>
internal sealed record ParsedReport(string? JobId, IReadOnlyList<JobReportEntry> Entries, IReadOnlyCollection<string> MetricNames, string? Fault)
{
    public static ParsedReport Wrong(string fault) => new(null, [], [], fault);
}

/// <summary>Reads the JSON body of a report: <c>{"job_id": …, "metrics": [{"step": …, …}, …]}</c>.</summary>
internal static class ReportParser
{
    /// <summary>Reads a body.</summary>
    /// <param name="json">The body's bytes.</param>
    /// <param name="longestName">How many characters a metric's name may have.</param>
    /// <param name="mostEntries">How many entries a report may have.</param>
    public static ParsedReport Parse(ReadOnlySpan<byte> json, int longestName, int mostEntries)
    {
        if (json.Trim(" \t\r\n"u8).IsEmpty) return ParsedReport.Wrong("The body is empty; it must be {\"job_id\": …, \"metrics\": [{\"step\": …, …}]}.");
        try
        {
            return ParseStrictly(json, longestName, mostEntries);
        }
        catch (JsonException fault)
        {
            // Only now, so that a body that is JSON is read once.
            if (BareNumbers.Quote(json) is not { } quoted) return ParsedReport.Wrong($"The body is no JSON: {fault.Message}");
            try
            {
                return ParseStrictly(quoted, longestName, mostEntries);
            }
            catch (JsonException again)
            {
                return ParsedReport.Wrong($"The body is no JSON: {again.Message}");
            }
        }
    }

    private static ParsedReport ParseStrictly(ReadOnlySpan<byte> json, int longestName, int mostEntries)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject) return ParsedReport.Wrong("The body must be an object: {\"job_id\": …, \"metrics\": [{\"step\": …, …}]}.");
        var parser = new EntryParser(longestName);
        List<JobReportEntry>? entries = null;
        string? jobId = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("job_id"u8))
            {
                reader.Read();
                if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Null)) return ParsedReport.Wrong("job_id must be a text.");
                jobId = reader.GetString();
            }
            else if (reader.ValueTextEquals("metrics"u8))
            {
                reader.Read();
                entries = [];
                if (ReadEntries(ref reader, parser, entries, mostEntries) is { } fault) return ParsedReport.Wrong(fault);
            }
            else
            {
                reader.Skip();
            }
        }

        // What stands behind the end is no JSON either: the reader says so.
        reader.Read();
        return entries is null
            ? ParsedReport.Wrong("metrics is missing: it must be an array of objects, each with a step.")
            : new ParsedReport(jobId, entries, parser.MetricNames, null);
    }

    private static string? ReadEntries(ref Utf8JsonReader reader, EntryParser parser, List<JobReportEntry> entries, int mostEntries)
    {
        if (reader.TokenType != JsonTokenType.StartArray) return "metrics must be an array of objects, each with a step.";
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (entries.Count == mostEntries) return $"metrics has more than {mostEntries} entries, the most of a report ({ServerLimits.OptionOf("batch_entries")}); send them in several reports, or as a stream (application/x-ndjson).";
            if (!parser.TryRead(ref reader, out var entry)) return $"metrics[{entries.Count}]{(parser.Fault.Field.Length > 0 ? "." : "")}{parser.Fault.Field} {parser.Fault.What}.";
            if (parser.JobId is not null) return $"metrics[{entries.Count}].job_id does not belong there: job_id stands beside metrics.";
            entries.Add(entry);
        }

        return null;
    }
}
