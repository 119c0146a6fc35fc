using Podium.Server.Jobs;
using Podium.Server.Listing;

namespace Podium.Server.Pages.Checkpoints;

/// <summary>What the parts of the page show.</summary>
public sealed record CheckpointsView
{
    public required JobStatusAnswer Job { get; init; }

    /// <summary>As the address asks for it: by the job's strategy, or by another for a trial.</summary>
    public required CheckpointListing Listing { get; init; }

    public required CheckpointsQuery Query { get; init; }

    /// <summary>The page without a query.</summary>
    public required string Address { get; init; }

    /// <summary>What is wrong with the strategy or the weights in the address; then the job is shown as it is.</summary>
    public string? Fault { get; init; }

    /// <summary>Why the listing's best is the best.</summary>
    public ListingExplanation Explanation => Listing.Explanation!;

    /// <summary>Whether it is ranked otherwise than the job is.</summary>
    public bool IsTrial { get; init; }

    /// <summary>The best by what is asked for; the job's own recommendation but in a trial.</summary>
    public ListedCheckpoint? Best { get; init; }

    /// <summary>The selected one: the best, unless another was chosen.</summary>
    public ListedCheckpoint? Selected { get; init; }

    /// <summary>The one to compare it with.</summary>
    public ListedCheckpoint? Other { get; init; }

    /// <summary>Makes the view of an address.</summary>
    public static CheckpointsView Of(JobStatusAnswer job, CheckpointListing listing, CheckpointsQuery query, string address, bool isAsked, string? fault)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(listing);
        ArgumentNullException.ThrowIfNull(query);
        var isTrial = isAsked && (listing.Strategy != job.Strategy || listing.BestCheckpoint != job.BestCheckpointPath || !ShownWeights.ArePublished(listing.Weights));
        // The job's recommendation is what its status says, for whoever reads it there finds the same here.
        var best = Find(isTrial ? listing.BestCheckpoint : job.BestCheckpointPath ?? listing.BestCheckpoint);
        return new CheckpointsView
        {
            Job = job,
            Listing = listing,
            Query = query,
            Address = address,
            Fault = fault,
            IsTrial = isTrial,
            Best = best,
            Selected = Find(query.Checkpoint) ?? best,
            Other = Find(query.With),
        };

        ListedCheckpoint? Find(string? path) => path is null ? null : listing.Checkpoints.FirstOrDefault(checkpoint => checkpoint.Path == path);
    }

    /// <summary>The address of the page with another query.</summary>
    public string To(CheckpointsQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return PageLinks.With(Address, [.. query.Fields()]);
    }

    /// <summary>Whether a checkpoint is what the job recommends, be it in a trial.</summary>
    public bool IsRecommended(ListedCheckpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        return checkpoint.Path == (IsTrial ? Job.BestCheckpointPath : Best?.Path);
    }

    /// <summary>Whether a checkpoint wins a trial.</summary>
    public bool WinsTrial(ListedCheckpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        return IsTrial && checkpoint.Path == Best?.Path;
    }
}
