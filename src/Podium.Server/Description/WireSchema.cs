using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Podium.Server.Access;
using Podium.Server.Importing;
using Podium.Server.Jobs;
using Podium.Server.Listing;
using Podium.Server.Metrics;
using Podium.Storage.Jobs;

namespace Podium.Server.Description;

/// <summary>Makes schemas say what is really sent.</summary>
internal static class WireSchema
{
    /// <summary>What callers send. All else is what we answer, and of that every field is always there.</summary>
    private static readonly HashSet<Type> Sent =
        [typeof(NewJob), typeof(JobChangeRequest), typeof(ReportedMetrics), typeof(ReportedMetricsEntry), typeof(ReportedCheckpoint), typeof(ImportRequest), typeof(TokenRequest)];

    public static void Correct(OpenApiSchema schema, OpenApiSchemaTransformerContext context)
    {
        // The reader takes numbers in quotes too; nobody is told to send them so, and we never do.
        if (schema.Type is { } type && type.HasFlag(JsonSchemaType.String) && (type.HasFlag(JsonSchemaType.Integer) || type.HasFlag(JsonSchemaType.Number)))
        {
            schema.Type = type & ~JsonSchemaType.String;
            schema.Pattern = null;
        }

        if (context.JsonPropertyInfo is { Name: "status", DeclaringType: var owner } && owner == typeof(JobStatusAnswer)) schema.Enum = [.. JobStatus.All.Select(status => (System.Text.Json.Nodes.JsonNode)status)];
        // NaN and infinities come as text.
        if (context.JsonTypeInfo.Type == typeof(ReportedMetricsEntry)) schema.AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Number | JsonSchemaType.String | JsonSchemaType.Null };
        if (context.JsonPropertyInfo is not null || context.JsonTypeInfo.Kind != JsonTypeInfoKind.Object || schema.Properties is not { Count: > 0 }) return;
        schema.Required = context.JsonTypeInfo.Properties.Where(IsAlwaysThere).Select(property => property.Name).Where(schema.Properties.ContainsKey).ToHashSet(StringComparer.Ordinal);

        bool IsAlwaysThere(JsonPropertyInfo property) => Sent.Contains(context.JsonTypeInfo.Type)
            ? property.IsRequired || !(property.IsSetNullable || property.AssociatedParameter is { IsNullable: true })
            : property.AttributeProvider?.IsDefined(typeof(JsonIgnoreAttribute), inherit: true) != true;
    }
}
