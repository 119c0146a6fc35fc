namespace Podium.Pages.Tests.Material;

/// <summary>As whom a page is opened.</summary>
public enum Role
{
    /// <summary>Nobody has signed in.</summary>
    Nobody,

    /// <summary>May look, and change nothing.</summary>
    Viewer,

    /// <summary>May import and change jobs.</summary>
    Operator,

    /// <summary>May make and revoke tokens, too.</summary>
    Admin,
}
