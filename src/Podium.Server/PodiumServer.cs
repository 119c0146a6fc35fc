using System.Text.Json;
using System.Text.Json.Serialization;
using Podium.Server.Configuration;
using Podium.Server.Health;
using Podium.Server.Wire;
using Podium.Storage;
using Podium.Storage.Databases;
using Podium.Strategies;

namespace Podium.Server;

/// <summary>Puts the server together.</summary>
internal static class PodiumServer
{
    private const int WrongArguments = 2;

    public static Task<int> RunAsync(string[] arguments) => new ServerArguments().Create(ServeAsync).Parse(arguments).InvokeAsync();

    /// <summary>Makes the application; whoever does disposes of it.</summary>
    /// <param name="options">What the server was told, already found to be right.</param>
    /// <param name="configure">For tests: other services.</param>
    public static WebApplication Create(ServerOptions options, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "podium-server" });
        builder.WebHost.UseUrls(options.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.Limits.BodyBytes;
        });
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(services => PodiumStorage.Open(DatabaseOf(options), StrategyOf(options), services.GetRequiredService<TimeProvider>()));
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<StorageFailures>();
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.Never;
        });
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseExceptionHandler();
        if (options.PathBase.Length > 0) app.UsePathBase(options.PathBase);
        app.UseRouting();
        app.MapHealth();
        return app;
    }

    private static async Task<int> ServeAsync(ServerOptions options, CancellationToken cancellation)
    {
        var faults = OptionFaults.Of(options);
        if (faults.Count > 0)
        {
            foreach (var fault in faults) await Console.Error.WriteLineAsync($"error: {fault}");
            return WrongArguments;
        }

        Directory.CreateDirectory(options.Data);
        await using var app = Create(options);
        await app.RunAsync(cancellation);
        return 0;
    }

    private static Database DatabaseOf(ServerOptions options) =>
        options.Database is { } connection ? new PostgresDatabase(connection) : new SqliteDatabase(Path.Combine(options.Data, "podium.db"));

    private static Strategy StrategyOf(ServerOptions options) =>
        StrategyParser.TryParse(options.Strategy, out var strategy, out _) ? strategy : new MultiMetricStrategy();
}
