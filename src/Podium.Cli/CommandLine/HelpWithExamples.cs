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
        // The library's own has /? and -? besides, which no shell here is used to.
        root.Options.Remove(root.Options.OfType<HelpOption>().Single());
        var help = new HelpOption("--help", "-h");
        help.Action = new Action((HelpAction)help.Action!);
        root.Options.Add(help);
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
            foreach (var (what, typed) in examples) output.WriteLine($"  {what}{(what.EndsWith('?') ? "" : ":")}{Environment.NewLine}    {typed}");
            output.WriteLine();
            return code;
        }
    }
}
