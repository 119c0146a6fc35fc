using Podium.Storage.Tracking;

namespace Podium.Server.MLflow.Calls;

/// <summary>A call that is refused, with what MLflow's clients are told.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="code">MLflow's code for the reason.</param>
/// <param name="message">A sentence for people.</param>
internal sealed class MLflowException(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public static MLflowException Invalid(string message) => new(StatusCodes.Status400BadRequest, "INVALID_PARAMETER_VALUE", message);

    public static MLflowException Missing(string field) =>
        Invalid($"Missing value for required parameter '{field}'. See the API docs for more information about request parameters.");

    public static MLflowException Malformed(string message) => new(StatusCodes.Status400BadRequest, "MALFORMED_REQUEST", message);

    public static MLflowException NotFound(string message) => new(StatusCodes.Status404NotFound, "RESOURCE_DOES_NOT_EXIST", message);

    public static MLflowException NoRun(string id) => NotFound($"Run with id={id} not found");

    /// <summary>What is full stays so: no status that clients try again.</summary>
    public static MLflowException NoRoom(string message) => new(StatusCodes.Status507InsufficientStorage, "RESOURCE_LIMIT_EXCEEDED", message);

    /// <summary>Another server can do it: clients try again, and may come to that one.</summary>
    public static MLflowException Elsewhere(string message) => new(StatusCodes.Status503ServiceUnavailable, "TEMPORARILY_UNAVAILABLE", message);

    public static MLflowException Forbidden(string message) => new(StatusCodes.Status403Forbidden, "PERMISSION_DENIED", message);

    /// <summary>Throws where storage refused.</summary>
    public static void ThrowIf(TrackingRefusal? refusal)
    {
        if (refusal is not null) throw Of(refusal);
    }

    public static MLflowException Of(TrackingRefusal refusal) => refusal.Reason switch
    {
        TrackingRefusalReason.NotFound => NotFound(refusal.Message),
        TrackingRefusalReason.AlreadyExists => new(StatusCodes.Status400BadRequest, "RESOURCE_ALREADY_EXISTS", refusal.Message),
        _ => Invalid(refusal.Message),
    };
}
