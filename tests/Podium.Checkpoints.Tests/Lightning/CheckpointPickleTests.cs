using System.IO.Compression;
using Podium.Checkpoints.Lightning;

namespace Podium.Checkpoints.Tests.Lightning;

public sealed class CheckpointPickleTests : IDisposable
{
    // {'epoch': 4, 'global_step': 50} in an archive with a zip64 directory, as a checkpoint of more than 4 GB has.
    private const string Zip64 =
        "UEsDBC0AAAAAAAAAAABnnM6H//////////8QABQAYXJjaGl2ZS9kYXRhLnBrbAEAEAAqAAAAAAAAACoAAAAAAAAAgAJ9cQAoWAUAAABlcG9jaHEBSwRYCwAA" +
        "AGdsb2JhbF9zdGVwcQJLMnUuUEsBAi0ALQAAAAAAAAAAAGeczof//////////xAAHAAAAAAAAAAAAAAA/////2FyY2hpdmUvZGF0YS5wa2wBABgAKgAAAAAA" +
        "AAAqAAAAAAAAAAAAAAAAAAAAUEsGBiwAAAAAAAAALQAtAAAAAAAAAAAAAQAAAAAAAAABAAAAAAAAAFoAAAAAAAAAbAAAAAAAAABQSwYHAAAAAMYAAAAAAAAA" +
        "AQAAAFBLBQYAAAAA////////////////AAA=";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_RealCheckpoints_SaysWhatTheirNamesSay()
    {
        foreach (var path in Directory.GetFiles(SharedMaterial.Require("hf-runs/lightning-csv/checkpoints"), "epoch=*.ckpt"))
        {
            CheckpointFileName.TryParse(Path.GetFileName(path), out var name).ShouldBeTrue();

            CheckpointPickle.Read(path).ShouldBe(new CheckpointPosition(name.Step!.Value, name.Epoch));
        }
    }

    [Fact]
    public void Read_RealLast_IsTheNewest() =>
        CheckpointPickle.Read(SharedMaterial.Require("hf-runs/lightning-csv/checkpoints/last.ckpt")).ShouldBe(new CheckpointPosition(120, 11));

    // What Python's pickle.dumps writes of the dictionaries in the comments.
    [Theory]
    // {'epoch': 4, 'global_step': 50}, protocols 2, 4 and 5
    [InlineData("80027d71002858050000006570 6f636871014b04580b000000676c6f62616c5f7374657071024b32752e", 50L, 4L)]
    [InlineData("8004951d000000000000007d94288c0565706f6368944b048c0b676c6f62616c5f73746570944b32752e", 50L, 4L)]
    // global_step 300 (M), 70000 (J), 5000000000 (LONG1)
    [InlineData("80027d71002858050000006570 6f636871014b04580b000000676c6f62616c5f7374657071024d2c01752e", 300L, 4L)]
    [InlineData("80027d71002858050000006570 6f636871014b04580b000000676c6f62616c5f7374657071024a70110100752e", 70000L, 4L)]
    [InlineData("80027d71002858050000006570 6f636871014b04580b000000676c6f62616c5f7374657071028a0500f2052a01752e", 5_000_000_000L, 4L)]
    // {'state': {'epoch': 9, 'x': 1}, 'epoch': 4, 'global_step': 50}: the inner one does not count, the outer is read from the memo
    [InlineData("80027d71002858050000007374617465 71017d7102285805000000 65706f6368 71034b09 580100000078 71044b0175 68034b04 580b000000676c6f62616c5f73746570 71054b32 752e", 50L, 4L)]
    // {'a': 1, 'global_step': 50}
    [InlineData("80027d7100285801000000 61 71014b01 580b000000676c6f62616c5f73746570 71024b32 752e", 50L, null)]
    public void Read_PicklesOfAnyProtocol_FindsTheStep(string pickle, long step, long? epoch) =>
        CheckpointPickle.Read(Save(pickle)).ShouldBe(new CheckpointPosition(step, epoch));

    [Theory]
    // {'epoch': 4, 'x': 1}
    [InlineData("80027d710028580500000065706f636871014b045801000000 78 71024b01752e")]
    // global_step −2, 'two', 2**80
    [InlineData("80027d7100285801000000 61 71014b01 580b000000676c6f62616c5f73746570 71024afeffffff 752e")]
    [InlineData("80027d7100285801000000 61 71014b01 580b000000676c6f62616c5f73746570 7102580300000074776f 752e")]
    [InlineData("80027d7100285801000000 61 71014b01 580b000000676c6f62616c5f73746570 71028a0b0000000000000000000001 752e")]
    // an unknown opcode before it; a length beyond the end
    [InlineData("8002ff7d710028580b000000676c6f62616c5f7374657071014b32752e")]
    [InlineData("80027d710028 58ffffffff 676c6f62616c5f7374657071014b32752e")]
    [InlineData("2e")]
    public void Read_PicklesWithoutAStep_IsNull(string pickle) => CheckpointPickle.Read(Save(pickle)).ShouldBeNull();

    [Fact]
    public void Read_NoZipFile_IsNull()
    {
        CheckpointPickle.Read(_folder.Write("a.ckpt", "")).ShouldBeNull();
        CheckpointPickle.Read(_folder.Write("b.ckpt", "not a zip file at all, but long enough to be one")).ShouldBeNull();
        CheckpointPickle.Read(Path.Combine(_folder.Path, "gone.ckpt")).ShouldBeNull();
        CheckpointPickle.Read(_folder.Path).ShouldBeNull();
    }

    [Fact]
    public void Read_PickleLongerThanItMayBe_IsNull() =>
        CheckpointPickle.Read(Save(new byte[CheckpointPickle.LongestPickle + 1], CompressionLevel.Fastest)).ShouldBeNull();

    [Fact]
    public void Read_ArchiveForMoreThanFourGigabytes_FindsTheStep()
    {
        var path = Path.Combine(_folder.Path, "model.ckpt");
        File.WriteAllBytes(path, Convert.FromBase64String(Zip64));

        CheckpointPickle.Read(path).ShouldBe(new CheckpointPosition(50, 4));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_MutatedCheckpoints_NeverThrowsAndAlwaysEnds(bool isZip64)
    {
        var random = new Random(20_260_304);
        var pickle = Convert.FromHexString("80027d710028580500000065706f636871014b04580b000000676c6f62616c5f7374657071024b32752e");
        var archive = isZip64 ? Convert.FromBase64String(Zip64) : File.ReadAllBytes(Save(pickle));
        var path = Path.Combine(_folder.Path, "mutated.ckpt");
        for (var round = 0; round < 2000; round++)
        {
            var mutated = archive.AsSpan(0, random.Next(4) == 0 ? random.Next(archive.Length + 1) : archive.Length).ToArray();
            for (var changes = 1 + random.Next(4); changes > 0 && mutated.Length > 0; changes--) mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(path, mutated);

            Should.NotThrow(() => CheckpointPickle.Read(path));
        }
    }

    [Theory]
    [InlineData(7, 0xFF)]
    [InlineData(3, 0x7F)]
    public void Read_Zip64DirectoryThatPointsOutOfTheFile_IsNull(int byteOfOffset, byte value)
    {
        var archive = Convert.FromBase64String(Zip64);
        // The offset of the entry's local header: the last number of the extra field in the directory.
        var directory = archive.AsSpan().IndexOf("PK\u0001\u0002"u8);
        archive[directory + 46 + "archive/data.pkl".Length + 4 + 16 + byteOfOffset] = value;
        var path = Path.Combine(_folder.Path, "model.ckpt");
        File.WriteAllBytes(path, archive);

        CheckpointPickle.Read(path).ShouldBeNull();
    }

    [Fact]
    public void Read_MutatedPickles_NeverThrowsAndAlwaysEnds()
    {
        var random = new Random(20_260_305);
        var pickle = Convert.FromHexString("80027d710028580500000065706f636871014b04580b000000676c6f62616c5f7374657071024b32752e");
        for (var round = 0; round < 2000; round++)
        {
            var mutated = (byte[])pickle.Clone();
            for (var changes = 1 + random.Next(4); changes > 0; changes--) mutated[random.Next(mutated.Length)] = (byte)random.Next(256);

            CheckpointPickle.Read(Save(mutated))?.GlobalStep.ShouldBeGreaterThanOrEqualTo(0);
        }
    }

    private string Save(string hex) => Save(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));

    private string Save(byte[] pickle, CompressionLevel compression = CompressionLevel.NoCompression)
    {
        var path = Path.Combine(_folder.Path, "model.ckpt");
        using var file = File.Create(path);
        using var archive = new ZipArchive(file, ZipArchiveMode.Create);
        using (var version = archive.CreateEntry("archive/version").Open()) version.WriteByte((byte)'3');
        using var content = archive.CreateEntry("archive/data.pkl", compression).Open();
        content.Write(pickle);
        return path;
    }
}
