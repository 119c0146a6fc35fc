namespace Podium.Checkpoints.Lightning;

/// <summary>Reads the rows of a CSV file one by one: commas, double quotes, any line end (RFC 4180 as Python's csv writes it).</summary>
/// <remarks>Holds one row, of at most <see cref="LongestRow"/> characters.</remarks>
internal sealed class CsvRows(TextReader text)
{
    /// <summary>The longest row; a quote that is never closed would take the whole file for one cell.</summary>
    public const int LongestRow = 1 << 20;

    private readonly char[] _read = new char[1 << 14];
    private int _next;
    private int _filled;
    private char[] _row = new char[256];
    private int _length;
    private int[] _ends = new int[16];
    private long _nextLine = 1;

    /// <summary>How many cells the row has; an empty line has one empty cell.</summary>
    public int Count { get; private set; }

    /// <summary>The line on which the row begins, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>Whether the row ends with a line end; if not, its writer may not have finished it.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Whether the row is longer than <see cref="LongestRow"/>; then nothing behind it can be read.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>A cell, without its quotes; valid until the next row is read.</summary>
    public ReadOnlySpan<char> this[int cell]
    {
        get
        {
            var start = cell == 0 ? 0 : _ends[cell - 1];
            return _row.AsSpan(start, _ends[cell] - start);
        }
    }

    /// <summary>Reads the next row.</summary>
    /// <returns>False at the end of the file, and where the row is too long.</returns>
    public bool TryRead()
    {
        Count = 0;
        _length = 0;
        Line = _nextLine;
        IsWhole = false;
        if (Peek() < 0) return false;

        var isQuoted = false;
        while (true)
        {
            var next = Peek();
            if (next >= 0) _next++;
            if (next < 0 || (!isQuoted && next is '\n' or '\r'))
            {
                EndCell();
                IsWhole = next >= 0;
                if (next == '\r' && Peek() == '\n') _next++;
                if (IsWhole) _nextLine++;
                return true;
            }

            if (next == '\n') _nextLine++;
            if (next == ',' && !isQuoted)
            {
                EndCell();
            }
            else if (next != '"')
            {
                if (!Append((char)next)) return false;
            }
            else if (isQuoted && Peek() == '"')
            {
                _next++;
                if (!Append('"')) return false;
            }
            else
            {
                isQuoted = !isQuoted;
            }
        }
    }

    private int Peek()
    {
        if (_next == _filled)
        {
            _next = 0;
            _filled = text.Read(_read);
            if (_filled == 0) return -1;
        }

        return _read[_next];
    }

    private bool Append(char one)
    {
        if (_length == LongestRow)
        {
            IsTooLong = true;
            return false;
        }

        if (_length == _row.Length) Array.Resize(ref _row, _length * 2);
        _row[_length++] = one;
        return true;
    }

    private void EndCell()
    {
        if (Count == _ends.Length) Array.Resize(ref _ends, Count * 2);
        _ends[Count++] = _length;
    }
}
