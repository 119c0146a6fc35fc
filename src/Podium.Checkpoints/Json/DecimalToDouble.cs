using System.Numerics;

namespace Podium.Checkpoints.Json;

/// <summary>Turns decimal digits and a power of ten into the nearest double, without the text.</summary>
/// <remarks>
/// The method of Eisel and Lemire (D. Lemire, Number parsing at a gigabyte per second, 2021): a product of 128 bits decides
/// the rounding in all but rare cases, and those are given back. The framework's parser does the same behind more steps; of
/// a training log, every third number has 16 or 17 digits.
/// </remarks>
internal static class DecimalToDouble
{
    private const int LowestPower = -40;
    private const int HighestPower = 22;
    private const int MantissaBits = 52;
    private const int Bias = 1023;

    /// <summary>Powers of five, normalized to 128 bits: the upper and the lower half of each. Those below 0 are rounded up, the others cut.</summary>
    private static ReadOnlySpan<ulong> PowersOfFive =>
    [
        0x8B61313BBABCE2C6, 0x2323AC4B3B3DA015, 0xAE397D8AA96C1B77, 0xABEC975E0A0D081A,
        0xD9C7DCED53C72255, 0x96E7BD358C904A21, 0x881CEA14545C7575, 0x7E50D64177DA2E54,
        0xAA242499697392D2, 0xDDE50BD1D5D0B9E9, 0xD4AD2DBFC3D07787, 0x955E4EC64B44E864,
        0x84EC3C97DA624AB4, 0xBD5AF13BEF0B113E, 0xA6274BBDD0FADD61, 0xECB1AD8AEACDD58E,
        0xCFB11EAD453994BA, 0x67DE18EDA5814AF2, 0x81CEB32C4B43FCF4, 0x80EACF948770CED7,
        0xA2425FF75E14FC31, 0xA1258379A94D028D, 0xCAD2F7F5359A3B3E, 0x096EE45813A04330,
        0xFD87B5F28300CA0D, 0x8BCA9D6E188853FC, 0x9E74D1B791E07E48, 0x775EA264CF55347E,
        0xC612062576589DDA, 0x95364AFE032A819E, 0xF79687AED3EEC551, 0x3A83DDBD83F52205,
        0x9ABE14CD44753B52, 0xC4926A9672793543, 0xC16D9A0095928A27, 0x75B7053C0F178294,
        0xF1C90080BAF72CB1, 0x5324C68B12DD6339, 0x971DA05074DA7BEE, 0xD3F6FC16EBCA5E04,
        0xBCE5086492111AEA, 0x88F4BB1CA6BCF585, 0xEC1E4A7DB69561A5, 0x2B31E9E3D06C32E6,
        0x9392EE8E921D5D07, 0x3AFF322E62439FD0, 0xB877AA3236A4B449, 0x09BEFEB9FAD487C3,
        0xE69594BEC44DE15B, 0x4C2EBE687989A9B4, 0x901D7CF73AB0ACD9, 0x0F9D37014BF60A11,
        0xB424DC35095CD80F, 0x538484C19EF38C95, 0xE12E13424BB40E13, 0x2865A5F206B06FBA,
        0x8CBCCC096F5088CB, 0xF93F87B7442E45D4, 0xAFEBFF0BCB24AAFE, 0xF78F69A51539D749,
        0xDBE6FECEBDEDD5BE, 0xB573440E5A884D1C, 0x89705F4136B4A597, 0x31680A88F8953031,
        0xABCC77118461CEFC, 0xFDC20D2B36BA7C3E, 0xD6BF94D5E57A42BC, 0x3D32907604691B4D,
        0x8637BD05AF6C69B5, 0xA63F9A49C2C1B110, 0xA7C5AC471B478423, 0x0FCF80DC33721D54,
        0xD1B71758E219652B, 0xD3C36113404EA4A9, 0x83126E978D4FDF3B, 0x645A1CAC083126EA,
        0xA3D70A3D70A3D70A, 0x3D70A3D70A3D70A4, 0xCCCCCCCCCCCCCCCC, 0xCCCCCCCCCCCCCCCD,
        0x8000000000000000, 0x0000000000000000, 0xA000000000000000, 0x0000000000000000,
        0xC800000000000000, 0x0000000000000000, 0xFA00000000000000, 0x0000000000000000,
        0x9C40000000000000, 0x0000000000000000, 0xC350000000000000, 0x0000000000000000,
        0xF424000000000000, 0x0000000000000000, 0x9896800000000000, 0x0000000000000000,
        0xBEBC200000000000, 0x0000000000000000, 0xEE6B280000000000, 0x0000000000000000,
        0x9502F90000000000, 0x0000000000000000, 0xBA43B74000000000, 0x0000000000000000,
        0xE8D4A51000000000, 0x0000000000000000, 0x9184E72A00000000, 0x0000000000000000,
        0xB5E620F480000000, 0x0000000000000000, 0xE35FA931A0000000, 0x0000000000000000,
        0x8E1BC9BF04000000, 0x0000000000000000, 0xB1A2BC2EC5000000, 0x0000000000000000,
        0xDE0B6B3A76400000, 0x0000000000000000, 0x8AC7230489E80000, 0x0000000000000000,
        0xAD78EBC5AC620000, 0x0000000000000000, 0xD8D726B7177A8000, 0x0000000000000000,
        0x878678326EAC9000, 0x0000000000000000,
    ];

    /// <summary>The double nearest to <c>digits × 10^power</c>.</summary>
    /// <param name="digits">The digits, not 0.</param>
    /// <param name="power">The power of ten.</param>
    /// <param name="value">The double, not negative.</param>
    /// <returns>False where this method does not decide.</returns>
    public static bool TryConvert(ulong digits, int power, out double value)
    {
        value = 0;
        if (power is < LowestPower or > HighestPower) return false;

        var zeros = BitOperations.LeadingZeroCount(digits);
        digits <<= zeros;
        var index = (power - LowestPower) * 2;
        var high = Math.BigMul(digits, PowersOfFive[index], out var low);
        if ((high & 0x1FF) == 0x1FF)
        {
            // The bits that round are not certain yet: the lower half of the power decides.
            var carry = Math.BigMul(digits, PowersOfFive[index + 1], out _);
            low += carry;
            if (low < carry) high++;
        }

        if (low == ulong.MaxValue && power < -27) return false;

        var upper = (int)(high >> 63);
        var shift = upper + 64 - MantissaBits - 3;
        var mantissa = high >> shift;
        var exponent = ((217706 * power) >> 16) + 63 + upper - zeros + Bias;

        // Half way between two doubles, the even one is nearest.
        if (low <= 1 && power is >= -4 and <= 23 && (mantissa & 3) == 1 && mantissa << shift == high) mantissa &= ~1UL;
        mantissa = (mantissa + (mantissa & 1)) >> 1;
        if (mantissa >= 2UL << MantissaBits)
        {
            mantissa = 1UL << MantissaBits;
            exponent++;
        }

        if (exponent is <= 0 or >= 2047) return false;
        value = BitConverter.UInt64BitsToDouble((mantissa & ~(1UL << MantissaBits)) | ((ulong)exponent << MantissaBits));
        return true;
    }
}
