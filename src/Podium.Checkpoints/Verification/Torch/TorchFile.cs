namespace Podium.Checkpoints.Verification.Torch;

/// <summary>What <c>torch.save</c> wrote, as far as it was looked into.</summary>
/// <param name="IsLegacy">Whether it is of the format before torch 1.6, of which only the beginning can be checked.</param>
/// <param name="Pickle">The pickle that says what is in it, where it was asked for and is short and not packed; else null.</param>
internal sealed record TorchFile(bool IsLegacy, byte[]? Pickle);
