using BenchmarkDotNet.Running;
using Podium.Benchmarks;

// "folders DIR", "verify DIR": a folder in this process beside a bare loop over the same files. Anything else: BenchmarkDotNet.
return args switch
{
    ["folders", var directory] => FolderAgainstBareLoop.Run(directory),
    ["verify", var directory] => VerificationAgainstBareLoop.Run(directory),
    _ => RunParser(args),
};

static int RunParser(string[] arguments)
{
    BenchmarkSwitcher.FromAssembly(typeof(ParserBenchmarks).Assembly).Run(arguments);
    return 0;
}
