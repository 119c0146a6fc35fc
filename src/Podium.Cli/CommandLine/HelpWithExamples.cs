using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Runtime.CompilerServices;

namespace Podium.Cli.CommandLine;

/// <summary>Puts examples below each command's help.</summary>
internal static class HelpWithExamples
{
    private static readonly ConditionalWeakTable<Command, (string What, string Typed)[]> Examples = [];

    public static T WithExamples<T>(this T command, params (string What, string Typed)[] examples)
        where T : Command
    {
        Examples.AddOrUpdate(command, examples);
        return command;
    }

    public static void AddTo(RootCommand root)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new Action((HelpAction)help.Action!);
    }

    private sealed class Action(HelpAction help) : SynchronousCommandLineAction
    {
        /// <summary>Who asks for help may leave out what the command needs.</summary>
        public override bool ClearsParseErrors => help.ClearsParseErrors;

        public override int Invoke(ParseResult parseResult)
        {
            var code = help.Invoke(parseResult);
            if (!Examples.TryGetValue(parseResult.CommandResult.Command, out var examples)) return code;

            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var (what, typed) in examples) output.WriteLine($"  {what}:{Environment.NewLine}    {typed}");
            output.WriteLine();
            return code;
        }
    }
}
