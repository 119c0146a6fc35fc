using System.Buffers.Binary;
using Podium.Checkpoints.Verification;
using Podium.Ranking;

namespace Podium.Checkpoints.Tests.Verification;

/// <summary>Real run folders, each time with one file damaged in one place: by hundreds, at random, and every time found.</summary>
public sealed class DamageTests
{
    private const int Rounds = 150;

    [Theory]
    [InlineData("gpt2-full", "model.safetensors")]
    [InlineData("gpt2-lora", "adapter_model.safetensors")]
    [InlineData("gpt2-sharded", "model-00002-of-00003.safetensors")]
    [InlineData("llama-limit", "model.safetensors")]
    public void Verify_HeaderBitFlipped_IsFound(string run, string file) => FlipEach(run, file, 0, bytes => 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(bytes));

    [Theory]
    [InlineData("gpt2-full", "model.safetensors")]
    [InlineData("gpt2-lora", "adapter_model.safetensors")]
    [InlineData("gpt2-sharded", "model-00001-of-00003.safetensors")]
    [InlineData("llama-limit", "model.safetensors")]
    public void Verify_LengthBitFlipped_IsFound(string run, string file) => FlipEach(run, file, 1, _ => 8);

    [Fact]
    public void Verify_IndexBitFlipped_IsFound() => FlipEach("gpt2-sharded", "model.safetensors.index.json", 2, bytes => bytes.Length);

    [Theory]
    [InlineData("gpt2-full", "model.safetensors")]
    [InlineData("gpt2-lora", "adapter_model.safetensors")]
    [InlineData("gpt2-lora", "adapter_config.json")]
    [InlineData("gpt2-sharded", "model-00003-of-00003.safetensors")]
    [InlineData("gpt2-sharded", "model.safetensors.index.json")]
    [InlineData("llama-limit", "model.safetensors")]
    public void Verify_Truncated_IsFound(string run, string file)
    {
        var random = new Random(20260106);
        DamageEach(run, file, alone: false, whole => whole[..random.Next(whole.Length)], (verified, description) => verified.Faults.ShouldContain(fault => fault.EndedEarly, description));
    }

    [Theory]
    [InlineData("gpt2-full", "model.safetensors")]
    [InlineData("gpt2-lora", "adapter_model.safetensors")]
    [InlineData("gpt2-sharded", "model-00002-of-00003.safetensors")]
    [InlineData("gpt2-sharded", "model.safetensors.index.json")]
    [InlineData("llama-limit", "model.safetensors")]
    public void Verify_BitFlippedInTheOnlyCheckpoint_IsFound(string run, string file)
    {
        var random = new Random(20260107);
        var isText = file.EndsWith(".json", StringComparison.Ordinal);
        DamageEach(run, file, alone: true, whole => Flip(whole, random.Next(isText ? whole.Length : 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(whole)), random.Next(8)), static (_, _) => { });
    }

    private static void FlipEach(string run, string file, int seed, Func<byte[], int> length)
    {
        var random = new Random(20260108 + seed);
        DamageEach(run, file, alone: false, whole => Flip(whole, random.Next(length(whole)), random.Next(8)), static (_, _) => { });
    }

    private static byte[] Flip(byte[] whole, int at, int bit)
    {
        var damaged = whole.ToArray();
        damaged[at] ^= (byte)(1 << bit);
        return damaged;
    }

    private static void DamageEach(string run, string file, bool alone, Func<byte[], byte[]> damage, Action<CheckpointVerification, string> further)
    {
        using var copy = CheckpointsOnDisk.CopyOf($"hf-runs/{run}");
        var checkpoints = Directory.GetDirectories(copy.Path, "checkpoint-*").Order(StringComparer.Ordinal).ToList();
        if (alone)
        {
            foreach (var other in checkpoints.Skip(1)) Directory.Delete(other, recursive: true);
            checkpoints = checkpoints[..1];
        }

        // The control: nothing is found where nothing is damaged.
        copy.Verify().Values.ShouldAllBe(verified => verified.State == CheckpointState.Complete && verified.Faults.Count == 0);
        var random = new Random(20260109);
        for (var round = 0; round < Rounds; round++)
        {
            var checkpoint = checkpoints[random.Next(checkpoints.Count)];
            var path = Path.Combine(checkpoint, file);
            var whole = File.ReadAllBytes(path);
            var damaged = damage(whole);
            File.WriteAllBytes(path, damaged);

            var verified = CheckpointsOnDisk.VerifyFolder(copy.Path, DateTimeOffset.MaxValue);

            var at = whole.AsSpan(0, Math.Min(whole.Length, damaged.Length)).CommonPrefixLength(damaged);
            var description = $"{checkpoint}/{file}, byte {at} of {damaged.Length}";
            verified[Path.GetFileName(checkpoint)].State.ShouldBe(CheckpointState.Damaged, description);
            verified[Path.GetFileName(checkpoint)].Faults.ShouldNotBeEmpty(description);
            further(verified[Path.GetFileName(checkpoint)], description);
            verified.Values.Count(one => one.State == CheckpointState.Complete).ShouldBe(checkpoints.Count - 1, description);
            File.WriteAllBytes(path, whole);
        }
    }
}
