namespace Podium.Checkpoints.TrainerStates;

/// <summary>Tries a file again that ends too early and was written a moment ago: the Trainer does not write it in one go.</summary>
internal sealed class Patience(TimeProvider time, CancellationToken cancellation)
{
    private const int Tries = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(10);

    public StateFile Read(StateFile file, bool whole)
    {
        for (var tries = 1; ; tries++)
        {
            if (whole) file.ReadWhole();
            else file.ReadEnds();
            if (file.Fault is not { EndedEarly: true } || tries == Tries || time.GetUtcNow() - file.ModifiedAt > Moment) return file;
            cancellation.WaitHandle.WaitOne(Pause);
            cancellation.ThrowIfCancellationRequested();
        }
    }
}
