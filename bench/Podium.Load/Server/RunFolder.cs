using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Podium.Load.Server;

/// <summary>A run folder as the Hugging Face Trainer leaves it, with weights of a few bytes.</summary>
internal static class RunFolder
{
    public static void Make(string folder, int checkpoints)
    {
        var history = new List<string>();
        for (var number = 1; number <= checkpoints; number++)
        {
            var step = number * 10;
            history.Add(string.Create(CultureInfo.InvariantCulture, $"{{\"epoch\":{number * 0.5:0.0},\"step\":{step},\"loss\":{2.0 / number:R}}}"));
            history.Add(string.Create(CultureInfo.InvariantCulture, $"{{\"epoch\":{number * 0.5:0.0},\"step\":{step},\"eval_loss\":{2.0 / number + 0.01 * number:R}}}"));
            var checkpoint = Directory.CreateDirectory(Path.Combine(folder, $"checkpoint-{step}")).FullName;
            File.WriteAllText(Path.Combine(checkpoint, "trainer_state.json"), $"{{\"epoch\":{number * 0.5},\"global_step\":{step},\"max_steps\":{checkpoints * 10},\"log_history\":[{string.Join(",", history)}]}}");
            File.WriteAllText(Path.Combine(checkpoint, "config.json"), "{}");
            File.WriteAllBytes(Path.Combine(checkpoint, "model.safetensors"), Weights());
        }
    }

    private static byte[] Weights()
    {
        var head = Encoding.UTF8.GetBytes("{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}");
        var bytes = new byte[8 + head.Length + 8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, head.Length);
        head.CopyTo(bytes, 8);
        return bytes;
    }
}
