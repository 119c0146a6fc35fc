using System.Text;
using Podium.Checkpoints.Tests.Material;
using Podium.Checkpoints.Tests.Runs;
using Podium.Checkpoints.TrainerStates;

namespace Podium.Checkpoints.Tests.TrainerStates;

/// <summary>
/// Mutated and truncated files: no crash, no hang; and whatever the framework's reader takes for a log, ours takes for the same.
/// </summary>
public sealed class ParserFuzzTests
{
    private const int Cases = 20_000;

    [Fact]
    public void Parse_MutatedFiles_NeitherCrashesNorHangsAndAgreesWithTheFramework()
    {
        var accepted = 0;
        var refused = 0;
        for (var i = 0; i < Cases; i++)
        {
            var random = new Random(20_260_401 + i);
            var file = AnyFile(random);
            var which = $"case {i}";
            var started = TimeProvider.System.GetTimestamp();

            var result = TrainerStateParser.Parse(file, which);

            // A case takes microseconds; this catches what would run for ever, on the busiest machine.
            TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(5), which);
            if (result.Value is null == result.Fault is null) Assert.Fail($"{which}: neither read nor refused");
            if (result.Fault is { } fault && (fault.Offset is not { } offset || offset > file.Length || fault.Line is not > 0)) Assert.Fail($"{which}: {fault} is nowhere");
            StateEnds.Read(file, file, 0);
            if (SystemTextJsonReading.Read(file) is { } expected)
            {
                if (result.Value is null) Assert.Fail($"{which}: the framework reads it, ours says: {result.Fault}\n{Encoding.UTF8.GetString(file)}");
                result.Value.ShouldBeReadAs(expected, which);
                accepted++;
            }
            else if (result.Value is null)
            {
                refused++;
            }
        }

        // Both kinds are plenty, or the test would show nothing.
        accepted.ShouldBeGreaterThan(Cases / 5);
        refused.ShouldBeGreaterThan(Cases / 5);
    }

    private static byte[] AnyFile(Random random)
    {
        var files = MadeUpFolder.Make(random).Files;
        var file = files.Values.ElementAt(random.Next(files.Count));
        for (var mutations = random.Next(1, 4); mutations > 0; mutations--) file = Mutation.Apply(random, file, 1, file.Length);
        return random.Next(10) switch
        {
            0 => file[..random.Next(file.Length)],
            1 => [.. file, .. file[random.Next(file.Length)..]],
            2 => [.. Encoding.UTF8.GetBytes("\uFEFF"), .. file],
            3 => Swap(random, file),
            _ => file,
        };
    }

    /// <summary>Moves a range to another place.</summary>
    private static byte[] Swap(Random random, byte[] file)
    {
        var cuts = new[] { random.Next(file.Length), random.Next(file.Length), random.Next(file.Length) };
        Array.Sort(cuts);
        return [.. file[..cuts[0]], .. file[cuts[1]..cuts[2]], .. file[cuts[0]..cuts[1]], .. file[cuts[2]..]];
    }
}
