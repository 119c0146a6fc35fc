namespace Podium.Cli.Output;

/// <summary>Says on stderr what is being done, once that takes longer than a second and somebody is there to see it.</summary>
internal sealed class ProgressLine : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Timer? _timer;
    private string _line = "";
    private int _shown;

    public ProgressLine()
    {
        if (!Console.IsErrorRedirected) _timer = new Timer(_ => Draw(), null, Patience, TimeSpan.FromMilliseconds(200));
    }

    public void Reading(string folder, int done) => Show(done == 0 ? $"reading {folder} …" : $"reading {folder} … ({done} done)");

    /// <summary>What to say from now on.</summary>
    public void Show(string line)
    {
        lock (_lock) _line = line;
    }

    public void Dispose()
    {
        _timer?.Dispose();
        lock (_lock)
        {
            if (_shown > 0) Console.Error.Write($"\r{new string(' ', _shown)}\r");
            _shown = 0;
            _line = "";
        }
    }

    private void Draw()
    {
        lock (_lock)
        {
            if (_line.Length == 0) return;
            var line = _line.Length > 78 ? $"{_line[..77]}…" : _line;
            Console.Error.Write($"\r{line}{new string(' ', Math.Max(0, _shown - line.Length))}");
            _shown = line.Length;
        }
    }
}
