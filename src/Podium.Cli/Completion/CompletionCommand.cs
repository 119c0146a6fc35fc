using System.CommandLine;
using Podium.Cli.CommandLine;
using Podium.Cli.Output;

namespace Podium.Cli.Completion;

/// <summary><c>podium completion</c>: prints what a shell needs to complete our words.</summary>
internal static class CompletionCommand
{
    // Each asks podium itself, by the [suggest] directive of its command-line library, so that no list here can go stale.
    // A shell completes files by itself where there are no suggestions.
    private const string Bash = """
        _podium() {
            local IFS=$'\n' word=${COMP_WORDS[COMP_CWORD]}
            COMPREPLY=( $(compgen -W "$(podium "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "$word") )
        }
        complete -o default -F _podium podium
        """;

    private const string Zsh = """
        #compdef podium
        _podium() {
            local -a words_of_podium
            words_of_podium=( ${(f)"$(podium "[suggest:${#BUFFER}]" "${BUFFER}" 2>/dev/null)"} )
            compadd -a words_of_podium
            _files
        }
        compdef _podium podium
        """;

    private const string Fish = """
        complete -c podium -a '(podium "[suggest:"(commandline -C)"]" (commandline -p) 2>/dev/null)'
        """;

    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new Command("completion", "Prints a script that completes podium's words in a shell.") { shell };
        command.SetAction(result => Terminal.Out.WriteLine(result.GetValue(shell) switch { "bash" => Bash, "zsh" => Zsh, _ => Fish }));
        return command.WithExamples(
            ("bash", "podium completion bash >> ~/.bashrc"),
            ("zsh", "podium completion zsh >> ~/.zshrc"),
            ("fish", "podium completion fish > ~/.config/fish/completions/podium.fish"));
    }
}
