using System.Text.Encodings.Web;
using System.Text.Json;

namespace Podium.Server.MLflow.Calls;

/// <summary>A JSON object as an answer, written field by field.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="write">Writes the fields; null: there are none.</param>
internal sealed class MLflowAnswer(int status, Action<Utf8JsonWriter>? write) : IResult
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What says no more than that it was done.</summary>
    public static MLflowAnswer Done { get; } = new(StatusCodes.Status200OK, null);

    public static MLflowAnswer Of(Action<Utf8JsonWriter> write) => new(StatusCodes.Status200OK, write);

    public static MLflowAnswer Refused(int status, string code, string message) => new(status, json =>
    {
        json.WriteString("error_code", code);
        json.WriteString("message", message);
    });

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "application/json";
        if (write is null)
        {
            response.ContentLength = 2;
            await response.BodyWriter.WriteAsync("{}"u8.ToArray(), httpContext.RequestAborted);
            return;
        }

        await using var json = new Utf8JsonWriter(response.BodyWriter, Readable);
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
        await json.FlushAsync(httpContext.RequestAborted);
    }
}
