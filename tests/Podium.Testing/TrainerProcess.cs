using System.Diagnostics;
using Xunit;

namespace Podium.Testing;

/// <summary>The real Hugging Face Trainer, in an environment of its own that ../shared/tools sets up from Debian's packages and wheels.</summary>
public sealed class TrainerProcess : IDisposable
{
    private static readonly Lazy<string> Environment = new(MakeEnvironment);

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private TrainerProcess(ProcessStartInfo start)
    {
        _process = Process.Start(start)!;
        // Both pipes are read while it runs: a process that fills one and is not read waits for ever.
        _output = _process.StandardOutput.ReadToEndAsync();
        _error = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>The Python of that environment, which has Transformers.</summary>
    public static string Python => Environment.Value;

    /// <summary>Whether that Python has a module.</summary>
    public static bool Has(string module)
    {
        using var import = Run(Python, ["-c", $"import {module}"], []);
        import._process.WaitForExit();
        return import._process.ExitCode == 0;
    }

    /// <summary>Trains a tiny model into a folder; half a minute on two cores.</summary>
    public static void Train(string folder, params string[] arguments)
    {
        using var trainer = Start(folder, arguments);
        trainer.WaitForEnd();
    }

    /// <summary>Begins to train a tiny model into a folder, and waits for nothing but the environment.</summary>
    public static TrainerProcess Start(string folder, params string[] arguments) => Start(folder, [], arguments);

    /// <summary>The same, with environment variables of its own: where it reports to is told so.</summary>
    public static TrainerProcess Start(string folder, IEnumerable<KeyValuePair<string, string>> variables, params string[] arguments)
    {
        var script = SharedMaterial.Require("tools/hf_train.py");
        SharedMaterial.Require("tools/python-clients.sh");
        if (OperatingSystem.IsWindows()) Assert.Skip("needs a Unix shell");
        return Run(Python, [script, folder, .. arguments], variables);
    }

    /// <summary>Waits until it has ended, and fails the test where it ended badly.</summary>
    public void WaitForEnd()
    {
        _process.WaitForExit();
        Assert.True(_process.ExitCode == 0, _error.GetAwaiter().GetResult() + _output.GetAwaiter().GetResult());
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    /// <summary>Installing PyTorch takes minutes, so that one environment serves all tests and later runs.</summary>
    private static string MakeEnvironment()
    {
        var environment = Path.Combine(Checkout.Root, "artifacts", "trainer-environment");
        if (!File.Exists(Path.Combine(environment, "ready")))
        {
            using var making = Run("bash", [SharedMaterial.Require("tools/python-clients.sh"), environment, "--trainer"], []);
            making.WaitForEnd();
            File.WriteAllText(Path.Combine(environment, "ready"), "");
        }

        return Path.Combine(environment, "bin", "python");
    }

    private static TrainerProcess Run(string program, string[] arguments, IEnumerable<KeyValuePair<string, string>> variables)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in variables) start.Environment[name] = value;
        return new TrainerProcess(start);
    }
}
