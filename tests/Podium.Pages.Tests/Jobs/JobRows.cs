namespace Podium.Pages.Tests.Jobs;

/// <summary>The rows of the list of jobs.</summary>
internal static class JobRows
{
    /// <summary>The row of a job by what it is called.</summary>
    public static ILocator Row(this IPage page, string name) =>
        page.GetByRole(AriaRole.Row).Filter(new() { Has = page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true }) });
}
