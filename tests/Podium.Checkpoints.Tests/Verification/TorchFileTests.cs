using Podium.Checkpoints.Verification;
using Podium.Checkpoints.Verification.Torch;

namespace Podium.Checkpoints.Tests.Verification;

/// <summary>Files of torch.save.</summary>
public sealed class TorchFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private FileReading<TorchFile> Read(byte[] bytes, TorchDepth depth = TorchDepth.Entries)
    {
        var path = Path.Combine(_folder.Path, "pytorch_model.bin");
        File.WriteAllBytes(path, bytes);
        return TorchFileReader.Read(path, "pytorch_model.bin", depth);
    }

    [Fact]
    public void Read_Whole_IsTaken()
    {
        Read(WeightFiles.Torch()).Value.ShouldNotBeNull().IsLegacy.ShouldBeFalse();
        Read(WeightFiles.Torch("what is in it"), TorchDepth.Pickle).Value.ShouldNotBeNull().Pickle.ShouldBe("what is in it"u8.ToArray());
    }

    [Fact]
    public void Read_CutAnywhere_EndsEarly()
    {
        var whole = WeightFiles.Torch();
        for (var length = 0; length < whole.Length; length++) Read(whole[..length]).Fault.ShouldNotBeNull().EndedEarly.ShouldBeTrue($"at {length}");
    }

    [Fact]
    public void Read_LegacyFormat_IsTaken() => Read(WeightFiles.LegacyTorch()).Value.ShouldNotBeNull().IsLegacy.ShouldBeTrue();

    [Fact]
    public void Read_SomethingElse_IsAFault() => Read("weights"u8.ToArray()).Fault.ShouldNotBeNull().EndedEarly.ShouldBeFalse();

    [Fact]
    public void Read_NoPickle_IsAFault()
    {
        var bytes = WeightFiles.Torch();
        for (int i; (i = bytes.AsSpan().IndexOf("data.pkl"u8)) >= 0;) bytes[i] = (byte)'x';

        Read(bytes).Fault.ShouldNotBeNull().Message.ShouldContain("data.pkl");
    }

    [Fact]
    public void Read_OwnHeaderOfAnEntryDamaged_IsFoundInWeights()
    {
        var bytes = WeightFiles.Torch();
        bytes[bytes.AsSpan().IndexOf("archive/data/1"u8)] ^= 1;

        Read(bytes).Fault.ShouldNotBeNull().Message.ShouldContain("archive/data/1");
        Read(bytes, TorchDepth.Directory).Fault.ShouldBeNull();
    }

    [Fact]
    public void Read_AnyMutation_NeverThrows()
    {
        var random = new Random(20260105);
        var whole = WeightFiles.Torch();
        for (var round = 0; round < 3_000; round++)
        {
            var bytes = whole.ToArray();
            // Most of the numbers stand at the end.
            for (var change = random.Next(1, 4); change > 0; change--) bytes[random.Next(2) == 0 ? random.Next(bytes.Length) : bytes.Length - 1 - random.Next(60)] = (byte)random.Next(256);

            var reading = Read(bytes);
            reading.IsGone.ShouldBeFalse();
        }
    }

    [Fact]
    public void Read_RealOptimizerStates_AreWhole()
    {
        var run = SharedMaterial.Require("hf-runs/gpt2-full");
        foreach (var path in Directory.EnumerateFiles(run, "*.pt", SearchOption.AllDirectories)) TorchFileReader.Read(path, path, TorchDepth.Entries).Fault.ShouldBeNull();
    }
}
