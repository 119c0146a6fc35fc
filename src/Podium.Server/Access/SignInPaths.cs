namespace Podium.Server.Access;

/// <summary>Where a browser signs in and out.</summary>
internal static class SignInPaths
{
    /// <summary>A ready link adds <c>?token=</c>, and whoever was sent here <c>?return=</c>.</summary>
    public const string In = "/sign-in";

    public const string Out = "/sign-out";
}
