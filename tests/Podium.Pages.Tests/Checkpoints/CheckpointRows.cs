namespace Podium.Pages.Tests.Checkpoints;

/// <summary>What tests look for on the page of checkpoints.</summary>
internal static class CheckpointRows
{
    /// <summary>The address of a job's page.</summary>
    public static string Of(string jobId, string query = "") => $"/jobs/{jobId}/checkpoints{query}";

    /// <summary>The rows of the table, without its head.</summary>
    public static ILocator Rows(this IPage page) => page.Locator("table.checkpoints tbody tr");

    /// <summary>The row of a checkpoint.</summary>
    public static ILocator CheckpointRow(this IPage page, string path) => page.Rows().Filter(new() { Has = page.GetByRole(AriaRole.Radio, new() { Name = path, Exact = true }) });

    /// <summary>The radio of the selected one.</summary>
    public static ILocator Chosen(this IPage page) => page.Locator("table.checkpoints input[type=radio]:checked");

    /// <summary>A panel by its heading.</summary>
    public static ILocator Panel(this IPage page, string heading) => page.GetByRole(AriaRole.Region, new() { Name = heading, Exact = true });
}
