using System.Globalization;

namespace Podium.Server.OpenAi;

/// <summary>Refusals in OpenAI's form.</summary>
internal static class OpenAiFaults
{
    /// <summary>The type of an error that the caller made.</summary>
    public const string InvalidRequest = "invalid_request_error";

    private const int MostOnAPage = 100;

    public static IResult NoJob(string jobId, string parameter) => Of(StatusCodes.Status404NotFound, $"Could not find fine tune: {jobId}", InvalidRequest, parameter, "fine_tune_not_found");

    public static IResult Invalid(string message, string parameter) => Of(StatusCodes.Status400BadRequest, message, InvalidRequest, parameter, "invalid_value");

    /// <summary>Reads how many there may be on a page.</summary>
    /// <returns>What is wrong; null where nothing is.</returns>
    public static IResult? TryReadLimit(string? text, int unlessGiven, out int limit)
    {
        limit = unlessGiven;
        if (string.IsNullOrEmpty(text)) return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is > 0 and <= MostOnAPage
            ? null
            : Invalid($"limit must be a whole number from 1 to {MostOnAPage}.", "limit");
    }

    public static IResult Of(int status, string message, string type, string? parameter, string? code) =>
        Results.Json(new OpenAiError(new OpenAiErrorBody(message, type, parameter, code)), statusCode: status);
}

/// <summary>An error as OpenAI's clients read it.</summary>
internal sealed record OpenAiError(OpenAiErrorBody Error);

/// <summary>What it says.</summary>
internal sealed record OpenAiErrorBody(string Message, string Type, string? Param, string? Code);

/// <summary>A page of a list.</summary>
/// <param name="Object">Always list.</param>
/// <param name="Data">What is on it.</param>
/// <param name="FirstId">The first of them.</param>
/// <param name="LastId">The last of them: <c>after</c> for the next page.</param>
/// <param name="HasMore">Whether there is a next page.</param>
internal sealed record Page<T>(string Object, IReadOnlyList<T> Data, string? FirstId, string? LastId, bool HasMore)
{
    public static Page<T> Of(IReadOnlyList<T> data, Func<T, string> id, bool hasMore) =>
        new("list", data, data.Count == 0 ? null : id(data[0]), data.Count == 0 ? null : id(data[^1]), hasMore);
}
