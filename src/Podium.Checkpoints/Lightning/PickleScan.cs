namespace Podium.Checkpoints.Lightning;

/// <summary>Looks through a pickle's opcodes for <c>global_step</c> and <c>epoch</c> in the outermost dictionary.</summary>
internal static class PickleScan
{
    /// <summary>Finds the position; null where it is not there or the pickle is not understood before it is found.</summary>
    public static CheckpointPosition? FindPosition(ReadOnlySpan<byte> pickle)
    {
        var opcodes = new PickleOpcodes(pickle);
        long? step = null, epoch = null;
        var depth = 0;
        // A key that was written before is only named by its number in the memo.
        var memo = new Dictionary<ulong, Key>();
        var memoized = 0UL;
        var key = Key.None;
        while ((step is null || epoch is null) && opcodes.TryRead(out var opcode, out var argument))
        {
            switch (opcode)
            {
                case Opcode.BinPut or Opcode.LongBinPut:
                    if (key != Key.None) memo[argument.Unsigned] = key;
                    memoized++;
                    continue;
                case Opcode.Memoize:
                    if (key != Key.None) memo[memoized] = key;
                    memoized++;
                    continue;
                case Opcode.Frame:
                    continue;
                case Opcode.ShortBinUnicode or Opcode.BinUnicode or Opcode.BinUnicode8:
                    key = KeyOf(argument.Bytes);
                    continue;
                case Opcode.BinGet or Opcode.LongBinGet:
                    key = memo.GetValueOrDefault(argument.Unsigned);
                    continue;
                case Opcode.Mark:
                    depth++;
                    break;
                case var closes when PickleOpcodes.ClosesMark(closes):
                    depth--;
                    break;
                case Opcode.BinInt or Opcode.BinInt1 or Opcode.BinInt2 or Opcode.Long1 when depth == 1 && argument.AsInteger(opcode) is { } number:
                    if (key == Key.GlobalStep) step ??= number;
                    if (key == Key.Epoch) epoch ??= number;
                    break;
            }

            key = Key.None;
        }

        return step is >= 0 ? new CheckpointPosition(step.Value, epoch is >= 0 ? epoch : null) : null;
    }

    private static Key KeyOf(ReadOnlySpan<byte> text) =>
        text.SequenceEqual("global_step"u8) ? Key.GlobalStep : text.SequenceEqual("epoch"u8) ? Key.Epoch : Key.None;

    private enum Key
    {
        None,
        GlobalStep,
        Epoch,
    }
}
