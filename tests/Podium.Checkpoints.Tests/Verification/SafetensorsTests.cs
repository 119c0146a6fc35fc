using System.Text;
using Podium.Checkpoints.Verification.Safetensors;

namespace Podium.Checkpoints.Tests.Verification;

/// <summary>What a safetensors header may say.</summary>
public sealed class SafetensorsTests
{
    private static string? ErrorOf(string header)
    {
        SafetensorsParser.Parse(Encoding.UTF8.GetBytes(header), out var error);
        return error;
    }

    [Theory]
    [InlineData("F32", "2,3", 24)]
    [InlineData("BF16", "2,3", 12)]
    [InlineData("I64", "", 8)]
    [InlineData("BOOL", "5", 5)]
    [InlineData("F8_E4M3FNUZ", "5", 5)]
    [InlineData("F4", "6", 3)]
    [InlineData("F6_E2M3", "4", 3)]
    [InlineData("C64", "0,7", 0)]
    public void Parse_TensorOfEachWidth_IsTaken(string type, string shape, int bytes) =>
        ErrorOf($$$"""{"a":{"dtype":"{{{type}}}","shape":[{{{shape}}}],"data_offsets":[0,{{{bytes}}}]}}  """).ShouldBeNull();

    [Theory]
    [InlineData("""{"a":{"dtype":"F33","shape":[1],"data_offsets":[0,4]}}""", "unknown type")]
    [InlineData("""{"a":{"shape":[1],"data_offsets":[0,4]}}""", "lacks")]
    [InlineData("""{"a":{"dtype":"F32","data_offsets":[0,4]}}""", "lacks")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", "lacks")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,6]}}""", "no shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", "no shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", "no shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "contradicts")]
    [InlineData("""{"a":{"dtype":"F4","shape":[3],"data_offsets":[0,1]}}""", "contradicts")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", "no place")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}""", "no place")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "byte 0 is due")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}""", "byte 4 is due")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "twice")]
    [InlineData("""{"a":5}""", "no tensor")]
    [InlineData("""{"__metadata__":{"format":1}}""", "no text")]
    [InlineData("""{"__metadata__":[]}""", "no object")]
    [InlineData("""{} x""", "no JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[01],"data_offsets":[0,4]}}""", "no JSON")]
    [InlineData(""" {}""", "begin")]
    [InlineData("", "begin")]
    [InlineData("""{"a\n":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "control")]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "no text")]
    public void Parse_Contradiction_IsNamed(string header, string expected) => ErrorOf(header).ShouldNotBeNull().ShouldContain(expected);

    [Fact]
    public void Parse_BytesThatAreNoText_AreAFault()
    {
        SafetensorsParser.Parse([(byte)'{', (byte)'"', 0xff, (byte)'"', (byte)'}'], out var error).ShouldBeNull();
        error.ShouldNotBeNull().ShouldContain("UTF-8");
    }

    [Fact]
    public void Parse_FieldThatIsNotKnown_IsPassedOver() => ErrorOf("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"order":["C"]}}""").ShouldBeNull();

    [Fact]
    public void Parse_TensorsInAnotherOrderThanTheirData_AreTaken() =>
        ErrorOf("""{"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""").ShouldBeNull();

    [Theory]
    [InlineData("""{"format":"pt"}""", true)]
    [InlineData("""{"format":"mlx"}""", true)]
    [InlineData("""{"format":"qt"}""", false)]
    [InlineData("""{"formau":"pt"}""", false)]
    [InlineData("""{"ss_steps":"100","ss_epoch":"2"}""", true)]
    [InlineData("""{"format":"mine","ss_epoch":"2"}""", true)]
    [InlineData("""{"formau":"pt","ss_epoch":"2"}""", false)]
    [InlineData("{}", true)]
    public void Parse_MetadataThatTransformersWouldNotTake_IsKnown(string metadata, bool isTaken)
    {
        var header = SafetensorsParser.Parse(Encoding.UTF8.GetBytes($$$"""{"__metadata__":{{{metadata}}}}"""), out _).ShouldNotBeNull();

        (header.FormatFault is null).ShouldBe(isTaken);
    }

    [Fact]
    public void Parse_Counts()
    {
        var header = SafetensorsParser.Parse("""{"a":{"dtype":"BF16","shape":[2,3],"data_offsets":[0,12]},"b":{"dtype":"F32","shape":[0],"data_offsets":[12,12]}}"""u8, out _).ShouldNotBeNull();

        (header.DataLength, header.Elements, header.HasPlaceholder).ShouldBe((12UL, 6L, true));
    }

    [Fact]
    public void Parse_AnyMutation_NeverThrows()
    {
        var random = new Random(20260104);
        var file = WeightFiles.Safetensors([("transformer.h.0.attn.weight", [3, 4]), ("b\\u00e9", [2]), ("c", [0])], """{"format":"pt","é":"x"}""");
        for (var round = 0; round < 20_000; round++)
        {
            var header = file[8..^56];
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                var at = random.Next(header.Length);
                switch (random.Next(3))
                {
                    case 0: header[at] ^= (byte)(1 << random.Next(8)); break;
                    case 1: header[at] = (byte)random.Next(256); break;
                    default: header = [.. header[..at], .. header[random.Next(header.Length)..]]; break;
                }

                if (header.Length == 0) break;
            }

            var parsed = SafetensorsParser.Parse(header, out var error);
            (parsed is null).ShouldBe(error is not null);
        }
    }
}
