using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Podium.Server.Wire;

/// <summary>Numbers of a query, with messages that name them.</summary>
internal static class Paging
{
    /// <summary>Reads a whole number.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="text">What was given; null or empty: nothing.</param>
    /// <param name="unlessGiven">The value where nothing was given.</param>
    /// <param name="least">The lowest value.</param>
    /// <param name="most">The highest value.</param>
    /// <param name="value">The number.</param>
    /// <returns>What is wrong; null where nothing is.</returns>
    public static ProblemHttpResult? Read(string name, string? text, long unlessGiven, long least, long most, out long value)
    {
        value = unlessGiven;
        if (string.IsNullOrEmpty(text)) return null;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && value >= least && value <= most) return null;
        return Problems.BadRequest(most == long.MaxValue ? $"{name} must be a whole number of at least {least}." : $"{name} must be a whole number from {least} to {most}.");
    }
}
