using Microsoft.AspNetCore.Components;
using Podium.Server.Access;

namespace Podium.Server.Pages;

/// <summary>What each page knows of whoever looks at it.</summary>
public abstract class PodiumPage : ComponentBase
{
    /// <summary>The request.</summary>
    [CascadingParameter]
    public required HttpContext Http { get; set; }

    [Inject]
    private protected PageLinks Links { get; set; } = null!;

    [Inject]
    private protected TimeProvider Time { get; set; } = null!;

    /// <summary>Who looks.</summary>
    private protected Caller Caller => Http.Caller();

    /// <summary>Whether they may change anything; the endpoints ask again.</summary>
    private protected bool MayOperate => Caller.Role is Role.Operator or Role.Admin;

    /// <summary>Ends the reading when the browser is gone.</summary>
    private protected CancellationToken Cancellation => Http.RequestAborted;

    /// <summary>Reads what the page shows.</summary>
    private protected virtual Task LoadAsync() => Task.CompletedTask;

    /// <summary>Reads first and then makes the page, once: it would else be made a first time while it waits, of nothing.</summary>
    /// <param name="parameters">What stands in the address, or what the page around it gives.</param>
    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        await LoadAsync();
        await base.SetParametersAsync(ParameterView.Empty);
    }

    /// <summary>Says with which status the page is answered.</summary>
    /// <remarks>Told only as the answer begins: a page that says 404 while it is made is thrown away, for another one to be made in its place.</remarks>
    private protected void AnswerWith(int status) => Http.Response.OnStarting(() =>
    {
        Http.Response.StatusCode = status;
        return Task.CompletedTask;
    });

    /// <summary>A value of the query; null where it is missing or empty.</summary>
    private protected string? Query(string name) => Http.Request.Query[name] is [{ Length: > 0 } value, ..] ? value : null;
}
