using System.Globalization;
using System.Text.Json;

namespace Podium.Pages.Tests.Dashboard;

/// <summary>Numbers that the API gives, as pages write them.</summary>
internal static class ApiFigures
{
    /// <summary>A loss: four digits behind the point.</summary>
    public static string Loss(this JsonElement of, string field) =>
        of.GetProperty(field) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble().ToString("0.0000", CultureInfo.InvariantCulture).Replace('-', '−') : "–";

    /// <summary>A whole number with its thousands apart.</summary>
    public static string Whole(this JsonElement of, string field) =>
        of.GetProperty(field) is { ValueKind: JsonValueKind.Number } value ? value.GetInt64().ToString("#,0", CultureInfo.InvariantCulture) : "–";
}
