using Podium.Downsampling;

namespace Podium.Storage.Points;

/// <summary>Puts the series of a run and of those from which it forked together, one point a step.</summary>
internal static class SeriesMerge
{
    /// <summary>Reads all to their end.</summary>
    /// <param name="cursors">The series; of two equally trusted points at one step the later series' stands.</param>
    /// <param name="into">Where to.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async Task ReadAsync(List<SeriesCursor> cursors, Downsampler into, CancellationToken cancellation)
    {
        List<Winners> heads = [];
        while (true)
        {
            heads.Clear();
            foreach (var cursor in cursors)
                if (cursor.Ahead.Count > 0 || await cursor.ReadAsync(cancellation))
                    heads.Add(cursor.Ahead);

            if (heads.Count == 0) return;
            Take(heads, into);
        }
    }

    /// <summary>Takes the points up to where another series has its next one.</summary>
    private static void Take(List<Winners> heads, Downsampler into)
    {
        var first = heads[0];
        foreach (var head in heads)
            if (head.Steps[0] < first.Steps[0])
                first = head;

        var count = first.Count;
        foreach (var head in heads)
            if (head != first)
                count = Math.Min(count, first.CountBelow(head.Steps[0], orAt: false));

        if (count == 0)
        {
            TakeOneOfSeveral(heads, first.Steps[0], into);
            return;
        }

        into.Add(first.Steps[..count], first.Values[..count]);
        first.DropFirst(count);
    }

    private static void TakeOneOfSeveral(List<Winners> heads, long step, Downsampler into)
    {
        Winners? winner = null;
        foreach (var head in heads)
            if (head.Steps[0] == step && (winner is null || head.Sources[0] <= winner.Sources[0]))
                winner = head;

        into.Add(winner!.Steps[..1], winner.Values[..1]);
        foreach (var head in heads)
            if (head.Steps[0] == step)
                head.DropFirst(1);
    }
}
