using System.CommandLine;
using Podium.Load;

var program = new Option<string>("--server") { Description = "The podium-server to measure, published as it ships.", HelpName = "FILE", Required = true };
var folder = new Option<string>("--data") { Description = "Where the data lie while it is measured. Default: the folder for temporary files.", HelpName = "DIR", DefaultValueFactory = _ => Path.GetTempPath() };
var postgres = new Option<string?>("--postgres") { Description = "Keep it in PostgreSQL, in a database that is made for it: a connection of somebody who may.", HelpName = "CONNECTION" };
var original = new Option<Uri?>("--mlflow-server")
{
    Description = "An original MLflow server, to measure the same calls beside.",
    HelpName = "URL",
    CustomParser = static told =>
    {
        if (Uri.TryCreate(told.Tokens[0].Value, UriKind.Absolute, out var address)) return address;
        told.AddError($"'{told.Tokens[0].Value}' is no URL.");
        return null;
    },
};
var seconds = new Option<double>("--seconds") { Description = "How long a round takes. Default: 5.", DefaultValueFactory = _ => 5 };
var rounds = new Option<int>("--rounds") { Description = "How many rounds. Default: 5.", DefaultValueFactory = _ => 5 };
var only = new Option<string[]>("--only") { Description = $"Which of: {string.Join(", ", Measurements.All)}. Default: all.", AllowMultipleArgumentsPerToken = true };
only.AcceptOnlyFromAmong(Measurements.All);
var memory = new Option<bool>("--memory") { Description = "Report 10,000,000 points at last, and say what memory that took." };

var root = new RootCommand("Loads a server of its own and prints Markdown tables of what it bears.") { program, folder, postgres, original, seconds, rounds, only, memory };
root.SetAction(async (told, _) =>
{
    await Measurements.RunAsync(new LoadOptions(
        told.GetRequiredValue(program), told.GetRequiredValue(folder), told.GetValue(postgres), told.GetValue(original), TimeSpan.FromSeconds(told.GetValue(seconds)), told.GetValue(rounds), told.GetValue(only) ?? [], told.GetValue(memory)));
    return 0;
});
return await root.Parse(args).InvokeAsync();
