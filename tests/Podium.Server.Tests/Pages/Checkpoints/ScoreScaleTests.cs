using Podium.Server.Listing;
using Podium.Server.Pages.Checkpoints;

namespace Podium.Server.Tests.Pages.Checkpoints;

/// <summary>The bars of scores: one scale for all, each piece where the one before it ends, and none outside of the picture.</summary>
public sealed class ScoreScaleTests
{
    private static readonly string[] Parts = ["eval_loss", "overfitting", "perplexity", "improvement"];

    [Fact]
    public void Pieces_ScoreWithABonus_LieOnBothSidesOfZero()
    {
        var checkpoint = Of(0.6, 0.1, 0.2, -0.1);
        var scale = ScoreScale.Of([checkpoint]);

        var pieces = scale.Pieces(checkpoint).ToArray();

        scale.Zero.ShouldBe(12, 1e-9);
        pieces.Select(piece => piece.Part).ShouldBe(["eval-loss", "overfitting", "perplexity", "improvement"]);
        pieces.Select(piece => Math.Round(piece.From, 6)).ShouldBe([12, 84, 96, 0]);
        pieces.Select(piece => Math.Round(piece.Length, 6)).ShouldBe([72, 12, 24, 12]);
    }

    [Fact]
    public void Pieces_WithoutAnyScore_AreNone()
    {
        var checkpoint = Of(null, null, null, null);
        var scale = ScoreScale.Of([checkpoint]);

        scale.Pieces(checkpoint).ShouldBeEmpty();
        scale.Zero.ShouldBe(0);
    }

    [Fact]
    public void Pieces_AnyScores_StayInsideThePictureAndAddUp()
    {
        var random = new Random(3);
        for (var round = 0; round < 2000; round++)
        {
            var checkpoints = Enumerable.Range(0, random.Next(1, 6)).Select(_ => Of(Part(random), Part(random), Part(random), Part(random))).ToArray();
            var scale = ScoreScale.Of(checkpoints);
            foreach (var checkpoint in checkpoints)
            {
                var pieces = scale.Pieces(checkpoint).ToArray();
                foreach (var piece in pieces)
                {
                    piece.From.ShouldBeInRange(-1e-9, ScoreScale.Width + 1e-9);
                    piece.Length.ShouldBeInRange(0, ScoreScale.Width + 1e-9);
                    (piece.From + piece.Length).ShouldBeLessThanOrEqualTo(ScoreScale.Width + 1e-9);
                }

                var sum = checkpoint.Components.Values.Sum(value => Math.Max(0, value ?? 0));
                pieces.Where(piece => piece.From >= scale.Zero - 1e-9).Sum(piece => piece.Length).ShouldBe(scale.At(sum) - scale.Zero, 1e-6);
            }
        }
    }

    [Fact]
    public void Pieces_LargestNumbersEitherWay_AreStillNumbers()
    {
        ListedCheckpoint[] checkpoints = [Of(double.MaxValue, null, null, null), Of(double.MinValue, null, null, null)];
        var scale = ScoreScale.Of(checkpoints);

        scale.Pieces(checkpoints[0]).Single().ShouldBe(new ScorePiece("eval-loss", 60, 60));
        scale.Pieces(checkpoints[1]).Single().ShouldBe(new ScorePiece("eval-loss", 0, 60));
    }

    private static ListedCheckpoint Of(params double?[] parts) =>
        ListedCheckpoints.With(Parts.Zip(parts).ToDictionary(part => part.First, part => part.Second, StringComparer.Ordinal));

    private static double? Part(Random random) => random.Next(8) switch
    {
        0 => null,
        1 => 0,
        2 => -random.NextDouble(),
        3 => random.NextDouble() * 1e6,
        _ => random.NextDouble(),
    };
}
