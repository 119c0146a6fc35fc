using Microsoft.AspNetCore.Http.HttpResults;

namespace Podium.Server.Wire;

/// <summary>What is wrong with what was sent: told to programs as a problem, and in pages at its field.</summary>
/// <param name="Status">The status of the answer.</param>
/// <param name="Field">The field by its name on the wire; null where it is none of them.</param>
/// <param name="Message">What is wrong and what to do, in a sentence.</param>
internal sealed record FieldFault(int Status, string? Field, string Message)
{
    /// <summary>The same for programs.</summary>
    public ProblemHttpResult ToProblem() => Problems.Of(Status, Field is null ? Message : $"{Field}: {Message}");

    /// <summary>What is said at a field of a page; null where the fault is not its.</summary>
    /// <param name="field">The field; null: what no field has.</param>
    public string? At(string? field) => Field == field ? $"{char.ToUpperInvariant(Message[0])}{Message[1..]}" : null;
}
