namespace Podium.Pages.Tests.Browsing;

/// <summary>Going through a page by its keys alone.</summary>
internal static class Keyboard
{
    /// <summary>What has the focus, and whether that can be seen: an outline, or a shadow that it has only then.</summary>
    private const string Focused = """
        () => {
          let element = document.activeElement;
          while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
          if (!element || element === document.body || element === document.documentElement) return null;
          const label = element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent ?? element.textContent ?? "";
          const name = (label.trim() || element.getAttribute("title") || element.id || element.getAttribute("name") || "").replace(/\s+/g, " ").slice(0, 80);
          const role = element.getAttribute("role") ?? (element.tagName === "INPUT" ? element.type : element.tagName.toLowerCase());
          const style = getComputedStyle(element);
          const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 && style.outlineColor !== "rgba(0, 0, 0, 0)";
          let shadowed = false;
          if (!outlined && style.boxShadow !== "none") {
            const focused = style.boxShadow;
            element.blur();
            shadowed = getComputedStyle(element).boxShadow !== focused;
            element.focus({ focusVisible: true });
          }
          const box = element.getBoundingClientRect();
          const onScreen = box.width > 0 && box.height > 0 && box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight;
          return { what: `${role} ${name}`.trim(), visible: (outlined || shadowed) && onScreen };
        }
        """;

    /// <summary>Presses Tab until the focus leaves the page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="most">How often at most; more elements fail the test, as does a focus that is caught.</param>
    /// <returns>What had the focus, in order: its role and its name.</returns>
    public static async Task<List<string>> TabOrderAsync(this IPage page, int most = 200) => [.. (await WalkAsync(page, most)).Select(stop => stop.What)];

    /// <summary>Fails where something has the focus and cannot be told from what has not, or lies outside of the window.</summary>
    public static async Task ShouldShowFocusEverywhereAsync(this IPage page, int most = 200)
    {
        var stops = await WalkAsync(page, most);
        stops.ShouldNotBeEmpty($"nothing on {page.Url} takes the focus");
        stops.Where(stop => !stop.Visible).Select(stop => stop.What).ShouldBeEmpty($"have the focus on {page.Url} and do not show it");
    }

    /// <summary>Presses Tab until something has the focus whose role and name begin so, as in <c>button Sign in</c>.</summary>
    public static async Task TabToAsync(this IPage page, string what, int most = 200)
    {
        List<string> passed = [];
        for (var i = 0; i < most; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<Stop?>(Focused) is not { } stop) continue;
            if (stop.What.StartsWith(what, StringComparison.Ordinal)) return;
            passed.Add(stop.What);
        }

        Assert.Fail($"Tab does not come to '{what}' on {page.Url}, but to: {string.Join(", ", passed.Distinct(StringComparer.Ordinal))}");
    }

    private static async Task<List<Stop>> WalkAsync(IPage page, int most)
    {
        // From the top, wherever the focus is by itself.
        await page.EvaluateAsync("() => { document.activeElement?.blur(); getSelection()?.removeAllRanges(); scrollTo(0, 0); }");
        List<Stop> stops = [];
        // A browser without a window has nothing behind the page: the focus goes to the body once, and begins anew.
        for (var i = 0; i < most; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<Stop?>(Focused) is not { } stop)
            {
                if (stops.Count > 0) return stops;
                continue;
            }

            stops.Add(stop);
        }

        throw new Xunit.Sdk.XunitException($"The focus does not leave {page.Url} within {most} steps: {string.Join(", ", stops.Select(stop => stop.What))}");
    }

    private sealed record Stop
    {
        public string What { get; set; } = "";

        public bool Visible { get; set; }
    }
}
