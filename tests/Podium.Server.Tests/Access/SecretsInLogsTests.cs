using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Podium.Server.Tests.Material;

namespace Podium.Server.Tests.Access;

public sealed class SecretsInLogsTests
{
    [Fact]
    public async Task Logs_OfEveryWayToUseATokenAtTheFinestLevel_HoldNoSecret()
    {
        using var logs = new CapturedLogs();
        using var terminal = new StringWriter();
        List<string> secrets = [];
        await using (var server = await RunningServer.StartAsync(options => options with { AdminToken = null }, builder =>
        {
            // As somebody would who looks for a fault, by all three ways to say so.
            builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(logs).AddFilter<CapturedLogs>(null, LogLevel.Trace);
            builder.Configuration.AddInMemoryCollection([new("Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics", "Trace"), new("Logging:LogLevel:Default", "Trace")]);
            builder.Services.AddSingleton<TextWriter>(terminal);
        }))
        {
            var link = terminal.ToString().Split("Sign in: ")[1].Trim();
            var admin = link.Split("token=")[1];
            secrets.Add(admin);
            terminal.ToString().ShouldContain($"shown this once: {admin}");
            using var browser = new Browser(server.Address);
            await browser.SubmitAsync(link);
            foreach (System.Net.Cookie cookie in browser.Cookies.GetAllCookies()) secrets.Add(cookie.Value);
            (await browser.GetAsync("/api/session")).IsSuccessStatusCode.ShouldBeTrue();

            var bearer = server.ClientWith(admin);
            var made = await (await bearer.PostAsJsonAsync("/api/tokens", new { name = "alice", role = "viewer" })).Content.ReadFromJsonAsync<JsonElement>();
            var alice = made.GetProperty("token").GetString()!;
            secrets.Add(alice);
            var basic = server.ClientWith(null);
            var pair = Convert.ToBase64String(Encoding.UTF8.GetBytes($"alice:{alice}"));
            secrets.Add(pair);
            basic.DefaultRequestHeaders.Authorization = new("Basic", pair);
            (await basic.GetAsync("/api/session")).IsSuccessStatusCode.ShouldBeTrue();
            secrets.Add("a-wrong-token-that-may-be-half-right");
            await server.ClientWith(secrets[^1]).GetAsync("/api/session");
            await browser.SubmitAsync("/sign-in", ("token", secrets[^1]));
            await bearer.PostAsync("/api/tokens", new StringContent($"{{\"name\": \"{alice}\", ", Encoding.UTF8, "application/json"));
            secrets.AddRange((await server.Storage.ProtectionKeys.ListAsync(default)).Select(xml => xml.Split("<value>")[1].Split('<')[0]));
        }

        logs.Lines.ShouldContain(line => line.Contains("/api/session", StringComparison.Ordinal), "the log is listened to");
        foreach (var secret in secrets)
            logs.Lines.ShouldNotContain(line => line.Contains(secret, StringComparison.OrdinalIgnoreCase) || line.Contains(Uri.EscapeDataString(secret), StringComparison.OrdinalIgnoreCase));
    }

    private sealed class CapturedLogs : ILoggerProvider, ISupportExternalScope
    {
        private IExternalScopeProvider? _scopes;

        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

        public void Dispose()
        {
        }

        private sealed class Logger(CapturedLogs logs, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                logs._scopes?.ForEachScope((scope, _) => logs.Lines.Enqueue($"scope {Describe(scope)}"), 0);
                logs.Lines.Enqueue($"{category} {formatter(state, exception)} {Describe(state)} {exception}");
            }

            private static string Describe(object? state) => state is IEnumerable<KeyValuePair<string, object?>> values ? string.Join(' ', values.Select(value => $"{value.Key}={value.Value}")) : $"{state}";
        }
    }
}
