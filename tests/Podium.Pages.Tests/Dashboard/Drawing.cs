namespace Podium.Pages.Tests.Dashboard;

/// <summary>What a chart has drawn, pixel by pixel.</summary>
internal static class Drawing
{
    /// <summary>Pixels in a colour of the style sheet: how many, and from where to where they are many, as shares of the plot's width.</summary>
    private const string Stain = """
        (chart, name) => {
          const canvas = chart.querySelector("canvas");
          const over = chart.querySelector(".u-over");
          if (!canvas || !over || canvas.width === 0) return { count: 0, left: -1, right: -1 };
          const one = new OffscreenCanvas(1, 1).getContext("2d");
          one.fillStyle = getComputedStyle(chart).getPropertyValue(`--chart-${name}`);
          one.fillRect(0, 0, 1, 1);
          const wanted = one.getImageData(0, 0, 1, 1).data;
          const { data, width } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          const columns = new Uint32Array(width);
          for (let i = 0; i < data.length; i += 4) {
            if (Math.abs(data[i + 3] - wanted[3]) > 2) continue;
            if (Math.abs(data[i] - wanted[0]) + Math.abs(data[i + 1] - wanted[1]) + Math.abs(data[i + 2] - wanted[2]) > 18) continue;
            columns[(i / 4) % width]++;
          }
          const count = columns.reduce((sum, pixels) => sum + pixels, 0);
          // A single pixel at the edge of something else can have the colour by chance.
          const enough = Math.max(...columns) / 4;
          const [left, right] = [columns.findIndex(pixels => pixels > enough), columns.findLastIndex(pixels => pixels > enough)];
          const [picture, plot] = [canvas.getBoundingClientRect(), over.getBoundingClientRect()];
          const shareOf = x => (picture.left + (x + 0.5) / width * picture.width - plot.left) / plot.width;
          return count > 0 ? { count, left: shareOf(left), right: shareOf(right) } : { count, left: -1, right: -1 };
        }
        """;

    /// <summary>Finds what is drawn in a colour, as <c>best</c> for <c>--chart-best</c>, once there are at least so many pixels of it.</summary>
    public static Task<Stain> ToShowAsync(this ILocator chart, string colour, int atLeast = 20) =>
        Eventually.ReadAsync(() => chart.StainAsync(colour), stain => stain.Count >= atLeast, $"so few pixels of --chart-{colour} on {chart.Page.Url}");

    /// <summary>Finds what is drawn in a colour.</summary>
    public static Task<Stain> StainAsync(this ILocator chart, string colour) => chart.EvaluateAsync<Stain>(Stain, colour);

    /// <summary>The picture as text: two are the same exactly where all pixels are.</summary>
    public static Task<string> PictureAsync(this ILocator chart) => chart.EvaluateAsync<string>("chart => chart.querySelector('canvas')?.toDataURL() ?? ''");

    /// <summary>Waits until the picture is another than before.</summary>
    public static async Task<string> ToLookOtherThanAsync(this ILocator chart, string before) =>
        await Eventually.ReadAsync(chart.PictureAsync, picture => picture.Length > 0 && picture != before, "the picture has not changed");

    /// <summary>Waits until the picture is as it was.</summary>
    public static async Task ToLookLikeAsync(this ILocator chart, string before) =>
        await Eventually.ReadAsync(chart.PictureAsync, picture => picture == before, "the picture is not as it was");
}

/// <summary>What a chart has drawn in one colour.</summary>
internal sealed record Stain
{
    /// <summary>How many pixels.</summary>
    public int Count { get; set; }

    /// <summary>Where they begin, as a share of the plot's width.</summary>
    public double Left { get; set; }

    /// <summary>Where they end.</summary>
    public double Right { get; set; }

    /// <summary>Their middle.</summary>
    public double Middle => (Left + Right) / 2;
}
