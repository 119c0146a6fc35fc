using System.CommandLine;
using Podium.PageLoad;
using Podium.PageLoad.Pictures;

var program = new Option<string>("--server") { Description = "The podium-server, published as it ships.", HelpName = "FILE", Required = true, Recursive = true };
var checkout = new Option<string>("--root") { Description = "The checkout: it has the samples, and the bare chart's uPlot. Default: here.", HelpName = "DIR", DefaultValueFactory = _ => ".", Recursive = true };
var rounds = new Option<int>("--rounds") { Description = "How many visits count. Default: 12.", DefaultValueFactory = _ => 12 };
var only = new Option<string[]>("--only") { Description = $"Which of: {string.Join(", ", Measurements.All)}. Default: all.", AllowMultipleArgumentsPerToken = true };
only.AcceptOnlyFromAmong(Measurements.All);
var pictures = new Option<string>("--out") { Description = "Where the pictures go.", HelpName = "DIR", Required = true };
var data = new Option<string>("--data") { Description = "A folder that is made for it and deleted again; the paths in the pictures begin with it.", HelpName = "DIR", Required = true };

var take = new Command("pictures", "Takes the pictures of the documentation.") { pictures, data };
take.SetAction(async (told, _) =>
{
    await DocumentationPictures.TakeAsync(told.GetRequiredValue(program), told.GetRequiredValue(checkout), told.GetRequiredValue(data), told.GetRequiredValue(pictures));
    return 0;
});
var root = new RootCommand("Opens the pages of a server of its own in a real browser and prints Markdown tables of what they cost.") { program, checkout, rounds, only, take };
root.SetAction(async (told, _) =>
{
    await Measurements.RunAsync(told.GetRequiredValue(program), told.GetRequiredValue(checkout), told.GetValue(rounds), told.GetValue(only) ?? []);
    return 0;
});
return await root.Parse(args).InvokeAsync();
