using System.CommandLine;
using System.Text.Json;
using Podium.Cli.Client;
using Podium.Cli.CommandLine;
using Podium.Cli.Output;

namespace Podium.Cli.Tokens;

/// <summary><c>podium token add</c>: makes a token, and shows its secret this once.</summary>
internal static class AddTokenCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "Whose it is: letters, digits and . _ - @. What is done with it stands under this name." };
        var role = new Option<string>("--role", "-r")
        {
            Description = "What it may do. A viewer reads; an operator makes jobs, reports, imports and changes besides; an admin makes and revokes tokens besides.",
            HelpName = "viewer|operator|admin",
        };
        role.AcceptOnlyFromAmong("viewer", "operator", "admin");
        var job = new Option<string>("--job") { Description = "Instead of a role: the token reports to this job and reads it, and knows of no other.", HelpName = "JOB" };
        var expires = new Option<TimeSpan?>("--expires")
        {
            Description = "How long it is good for: 12h, 30d, 8w or 1y. Default: until it is revoked.",
            HelpName = "TIME",
            CustomParser = Lifetime.Parse,
        };
        var format = RankingOptions.FormatOption();
        var command = new Command("add", "Makes a token and prints its secret, this once: the server keeps only a hash.") { name, role, job, expires, format };
        command.Validators.Add(result =>
        {
            if (result.GetResult(role) is null == (result.GetResult(job) is null)) result.AddError("Say what the token may do: either --role viewer, operator or admin, or --job JOB.");
        });
        command.SetAction(result =>
        {
            using var client = PodiumClient.FromEnvironment();
            var now = TimeProvider.System.GetUtcNow();
            var made = client.Post(TokenPath.All, fields =>
            {
                fields.WriteString("name", result.GetValue(name));
                fields.WriteString("role", result.GetValue(role) ?? "job");
                if (result.GetValue(job) is { } only) fields.WriteString("job_id", only);
                if (result.GetValue(expires) is { } lifetime) fields.WriteString("expires_at", now + lifetime);
            });
            Write(made, result.GetValue(format));
        });
        return command.WithExamples(
            ("For a colleague who reads along", "podium token add anna --role viewer"),
            ("For a training, for a month", "export PODIUM_TOKEN=\"$(podium token add trainer --role operator --expires 30d)\""),
            ("For one training, which sees nothing else", "podium token add llama-trainer --job llama-sft"),
            ("For a program", "podium token add ci --role operator --format json | jq -r .token"));
    }

    /// <summary>For people, the secret alone goes to stdout, so that a script can take it; what is said of it goes to stderr.</summary>
    private static void Write(JsonElement made, OutputFormat format)
    {
        switch (format)
        {
            case OutputFormat.Json:
                made.WriteJson();
                break;
            case OutputFormat.Table:
                var until = made.Time("expires_at").Shown is { Length: > 0 } time ? $"until {time}" : "until it is revoked";
                Terminal.Hint($"The token '{made.Text("name")}' {(made.Text("job_id") is { } job ? $"is of the job '{job}' alone" : $"has the role {made.Text("role")}")}, {until}. Its secret is shown this once:");
                Terminal.Out.WriteLine(made.Text("token") ?? "");
                break;
            default:
                var table = new ResultTable(new("name", "name"), new("role", "role"), new("expires", "expires_at"), new("token", "token"));
                table.Add(Ink.Plain, made.Text("name") ?? "", made.Text("role") ?? "", made.Time("expires_at"), made.Text("token") ?? "");
                table.Write(format);
                break;
        }
    }
}
