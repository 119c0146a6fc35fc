using System.Diagnostics;

namespace Podium.Checkpoints.Tests.RealTrainer;

/// <summary>The real Hugging Face Trainer, in an environment of its own that ../shared/tools sets up from Debian's packages and wheels.</summary>
internal static class TrainerProcess
{
    private static readonly Lazy<string> Python = new(MakeEnvironment);

    /// <summary>Trains a tiny model into a folder; half a minute on two cores.</summary>
    public static void Train(string folder, params string[] arguments)
    {
        var script = SharedMaterial.Require("tools/hf_train.py");
        SharedMaterial.Require("tools/python-clients.sh");
        if (OperatingSystem.IsWindows()) Assert.Skip("needs a Unix shell");
        Run(Python.Value, [script, folder, .. arguments]);
    }

    /// <summary>Installing PyTorch takes minutes, so that one environment serves all tests and later runs.</summary>
    private static string MakeEnvironment()
    {
        var environment = Path.Combine(Checkout.Root, "artifacts", "trainer-environment");
        var python = Path.Combine(environment, "bin", "python");
        if (!File.Exists(Path.Combine(environment, "ready")))
        {
            Run("bash", [SharedMaterial.Require("tools/python-clients.sh"), environment, "--trainer"]);
            File.WriteAllText(Path.Combine(environment, "ready"), "");
        }

        return python;
    }

    private static void Run(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, error.GetAwaiter().GetResult());
    }
}
