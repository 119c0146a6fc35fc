namespace Podium.Server.Pages.Checkpoints;

/// <summary>What the states of checkpoints mean.</summary>
internal static class StateWords
{
    public static string NameOf(string state) => state switch
    {
        "needs-consolidation" => "needs consolidation",
        "weightless" => "no weights",
        _ => state,
    };

    public static string MeaningOf(string state) => state switch
    {
        "complete" => "Its weights are there, as whole files.",
        "incomplete" => "It is still being written, or its writing broke off a moment ago: it is never recommended.",
        "damaged" => "A weight file contradicts itself, or a part of the weights is missing: it is never recommended. podium verify says what is wrong.",
        "needs-consolidation" => "Its weights lie in pieces of a distributed optimizer, which must be put together before it can be used. podium verify says by which command.",
        "weightless" => "No weights of it are known here, only its history: it ranks, but cannot be deployed.",
        _ => "",
    };

    /// <summary>The colour of it: whether it can be used.</summary>
    public static string ClassOf(string state) => state switch
    {
        "complete" => "good",
        "damaged" => "bad",
        _ => "warn",
    };
}
