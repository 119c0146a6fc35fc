using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Podium.Server.Description;

/// <summary>Adds to a call what its code does not say: its name for programs, who may call it, how it refuses, and an example.</summary>
internal static class DescribedOperation
{
    private const string Problem = "Problem";
    private const string OpenAiError = "OpenAiError";

    public static void Complete(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var document = context.Document!;
        var path = context.Description.RelativePath!;
        var call = DescribedCalls.Find(context.Description.HttpMethod!, path);
        operation.OperationId = call.Id;
        operation.Summary ??= call.Summary;
        AddExamples(operation, call);

        if (!context.Description.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any())
        {
            // Any one of them will do.
            operation.Security = [Needs(DescriptionHead.Bearer, document), Needs(DescriptionHead.Basic, document), Needs(DescriptionHead.Cookie, document)];
            AddRefusal(operation, document, path.StartsWith("v1/", StringComparison.Ordinal), call.IsLater);
        }
    }

    private static OpenApiSecurityRequirement Needs(string scheme, OpenApiDocument document) => new() { [new OpenApiSecuritySchemeReference(scheme, document)] = [] };

    private static void AddExamples(OpenApiOperation operation, DescribedCall call)
    {
        if (call.Request is { } request && operation.RequestBody?.Content?.TryGetValue("application/json", out var sent) == true) sent.Example = JsonNode.Parse(request);
        if (call.Answer is not { } answer || operation.Responses is null) return;
        foreach (var (status, response) in operation.Responses)
            if (status.StartsWith('2') && response.Content?.TryGetValue("application/json", out var answered) == true)
                answered.Example = JsonNode.Parse(answer);
    }

    private static void AddRefusal(OpenApiOperation operation, OpenApiDocument document, bool isOpenAi, bool isLater)
    {
        var name = isOpenAi ? OpenAiError : Problem;
        if (document.Components?.Schemas?.ContainsKey(name) != true) document.AddComponent<IOpenApiSchema>(name, isOpenAi ? OpenAiSchema() : ProblemSchema());
        operation.Responses ??= [];
        // Those that handlers name have the same form.
        foreach (var status in operation.Responses.Keys.Where(status => status.StartsWith('4')).ToArray()) operation.Responses.Remove(status);
        if (isLater) operation.Responses.Clear();
        operation.Responses["default"] = new OpenApiResponse
        {
            Description = isOpenAi ? "A refusal in OpenAI's form." : "A refusal: 400 what was sent is wrong, 401 no token or a wrong one, 403 the token may not, 404 there is no such job, 429 too often, 501 not yet, 503 and 507 nothing can be written now.",
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                [isOpenAi ? "application/json" : "application/problem+json"] = new() { Schema = new OpenApiSchemaReference(name, document) },
            },
        };
    }

    private static OpenApiSchema ProblemSchema() => Object(
        "What was refused, and why.",
        ("type", Text(isNullable: true)),
        ("title", Text(isNullable: true)),
        ("status", new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" }),
        ("detail", Text(isNullable: true)),
        ("error", Text(isNullable: false)));

    private static OpenApiSchema OpenAiSchema() => Object(
        "What was refused, as OpenAI's clients read it.",
        ("error", Object(null, ("message", Text(isNullable: false)), ("type", Text(isNullable: false)), ("param", Text(isNullable: true)), ("code", Text(isNullable: true)))));

    private static OpenApiSchema Object(string? description, params (string Name, OpenApiSchema Schema)[] fields) => new()
    {
        Type = JsonSchemaType.Object,
        Description = description,
        Properties = fields.ToDictionary(field => field.Name, field => (IOpenApiSchema)field.Schema, StringComparer.Ordinal),
        // A problem may be without a type, and never without words.
        Required = fields.Where(field => !field.Schema.Type!.Value.HasFlag(JsonSchemaType.Null)).Select(field => field.Name).ToHashSet(StringComparer.Ordinal),
    };

    private static OpenApiSchema Text(bool isNullable) => new() { Type = isNullable ? JsonSchemaType.String | JsonSchemaType.Null : JsonSchemaType.String };
}
