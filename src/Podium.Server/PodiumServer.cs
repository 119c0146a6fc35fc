using System.Text.Json.Serialization;
using System.Text.Json;
using Microsoft.Extensions.Logging.Console;
using Podium.Server.Access;
using Podium.Server.Artifacts;
using Podium.Server.Configuration;
using Podium.Server.Description;
using Podium.Server.Health;
using Podium.Server.Jobs;
using Podium.Server.Listing;
using Podium.Server.Live;
using Podium.Server.MLflow;
using Podium.Server.Operations;
using Podium.Server.Pages.SignIn;
using Podium.Server.Pages;
using Podium.Server.Wire;
using Podium.Storage.Databases;
using Podium.Storage.Migrations;
using Podium.Storage;
using Podium.Strategies;

namespace Podium.Server;

/// <summary>Puts the server together.</summary>
internal static class PodiumServer
{
    private const int Failed = 1;
    private const int WrongArguments = 2;

    public static async Task<int> RunAsync(string[] arguments)
    {
        if (BuildTimeDescription.IsAskedFor) return await BuildTimeDescription.RunAsync();
        var parsed = new ServerArguments().Create(ServeAsync).Parse(arguments);
        return parsed.Errors.Count == 0 ? await parsed.InvokeAsync() : await RefuseAsync(parsed.Errors.Select(error => error.Message));
    }

    /// <summary>Makes the application; whoever does disposes of it.</summary>
    /// <param name="options">What the server was told, already found to be right.</param>
    /// <param name="configure">For tests: other services.</param>
    public static WebApplication Create(ServerOptions options, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = "podium-server",
            // Not the folder it was started in, which would be watched with all that lies below it: large run folders often do.
            ContentRootPath = AppContext.BaseDirectory,
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
        });
        if (options.ConfigFile is { } file) builder.Configuration.AddJsonFile(Path.GetFullPath(file), optional: false);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.UseUrls(options.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.Limits.BodyBytes;
        });
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(services => PodiumStorage.Open(DatabaseOf(options), StrategyOf(options), services.GetRequiredService<TimeProvider>()));
        builder.Services.AddAccess(options);
        // Before the form of problems for programs: what people read is asked first.
        builder.Services.AddPages();
        builder.Services.AddProblems();
        builder.Services.AddArtifacts();
        builder.Services.AddTraining();
        builder.Services.AddSingleton<MLflow.Experiments.ExperimentTrail>();
        builder.Services.AddDescription(options);
        builder.Services.AddOperations();
        builder.Services.Configure<ConsoleLoggerOptions>(console =>
        {
            // The slim builder has set its own formatter behind the settings: what stands there counts.
            if (builder.Configuration["Logging:Console:FormatterName"] is { Length: > 0 } formatter) console.FormatterName = formatter;
        });
        // A line a request would cost more than the request.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.Never;
        });
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseOuterAccess(options);
        app.UseProblems();
        app.UseRouting();
        app.UseRequestTraces();
        app.UseAccess();
        app.UseAntiforgery();
        app.UseDescriptionPage(options);
        app.MapHealth();
        app.MapMLflow();
        app.MapTraining();
        app.MapSignIn();
        app.MapSession();
        app.MapTokens();
        app.MapLive();
        app.MapDescription();
        app.MapPages();
        return app;
    }

    private static async Task<int> ServeAsync(ToldOptions told, CancellationToken cancellation)
    {
        var options = told.Options;
        string[] faults = [.. told.Faults, .. OptionFaults.Of(options)];
        if (faults.Length > 0) return await RefuseAsync(faults);

        try
        {
            if (ListeningAddresses.FaultOf(options) is { } taken) throw new IOException(taken);
            using var data = DataFolder.Open(options);
            await using var app = Create(options);
            if (await Binding.FaultAsync(app, options, cancellation) is { } fault) return await RefuseAsync([fault]);
            await app.RunAsync(cancellation);
            return 0;
        }
        catch (Exception failure) when (failure is StorageException or NewerDatabaseException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"error: {failure.Message}");
            return Failed;
        }
    }

    private static async Task<int> RefuseAsync(IEnumerable<string> faults)
    {
        foreach (var fault in faults) await Console.Error.WriteLineAsync($"error: {fault}");
        await Console.Error.WriteLineAsync("podium-server --help shows how it is used.");
        return WrongArguments;
    }

    private static Database DatabaseOf(ServerOptions options) =>
        options.Database is { } connection ? new PostgresDatabase(connection) : new SqliteDatabase(Path.Combine(options.Data, "podium.db"));

    private static Strategy StrategyOf(ServerOptions options) =>
        RankedJob.ServersWay(options.Strategy);
}
