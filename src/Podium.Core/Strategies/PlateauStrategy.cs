using System.Globalization;

namespace Podium.Strategies;

/// <summary>The latest checkpoint whose evaluation loss is almost the lowest.</summary>
/// <remarks>
/// Almost: at most <see cref="Share"/> of the run's whole improvement above it, <c>lowest + share · (first − lowest)</c>,
/// over the checkpoints with a finite evaluation of their own. Those come first, the latest before the others.
/// </remarks>
public sealed record PlateauStrategy : Strategy
{
    /// <summary>The share that is meant where none is given.</summary>
    public const double DefaultShare = 0.1;

    /// <summary>A plateau of a given width.</summary>
    /// <param name="share">The share of the run's whole improvement, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is not a number from 0 to 1.</exception>
    public PlateauStrategy(double share = DefaultShare)
    {
        if (!(share is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(share), share, "The share of a plateau is from 0 to 1 (0 % to 100 %).");
        Share = share;
    }

    /// <summary>How much of the run's whole improvement may be given up, 0 to 1.</summary>
    public double Share { get; }

    /// <inheritdoc/>
    public override string Name => string.Create(CultureInfo.InvariantCulture, $"plateau:{Share * 100:0.######}%");

    internal override Resolution Resolve(RunEvidence evidence)
    {
        var (key, refusal, note) = evidence.EvalLoss();
        if (refusal is not null) return refusal;
        return Resolution.Of(new Plateau(key!, Share), note is null ? [] : [note]);
    }

    private sealed class Plateau(string metric, double share) : EvalLossStrategy.LowestLoss(metric)
    {
        public override void Arrange(List<Candidate> own)
        {
            if (own.Count == 0) return;

            // They come sorted by loss, so that those within the tolerance are the first ones.
            var lowest = own[0].Score;
            var first = own.MinBy(candidate => candidate.Checkpoint.Step).Score;
            var most = lowest + share * (first - lowest);
            var within = own.FindLastIndex(candidate => candidate.Score <= most) + 1;
            own.Sort(0, within, Comparer<Candidate>.Create(static (a, b) =>
            {
                var latestFirst = b.Checkpoint.Step.CompareTo(a.Checkpoint.Step);
                return latestFirst != 0 ? latestFirst : string.CompareOrdinal(a.Checkpoint.Path, b.Checkpoint.Path);
            }));
        }
    }
}
